-- One duty, for the answer of an act on it.
SELECT d.id, d.tender_id AS tender, d.lot_id AS lot, d.code, d.source, d.subject_kind, d.subject, d.about, d.began, d.due, d.done, d.reference, d.note,
       coalesce(d.done >= (d.due AT TIME ZONE 'Asia/Shanghai')::date, false) AS late
FROM linli.duty d WHERE d.office_id = $1::integer AND d.id = $2::uuid
