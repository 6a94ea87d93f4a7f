-- What the rules ask of the office towards others, by the day: what is open, and what was done, how late.
SELECT d.id, d.tender_id AS tender, t.number, t.title, d.lot_id AS lot, d.code, d.source, d.subject_kind, d.subject, d.about, d.began, d.due, d.done,
       d.reference, d.note,
       CASE WHEN d.done IS NULL THEN d.due < $5::timestamptz ELSE d.done >= (d.due AT TIME ZONE 'Asia/Shanghai')::date END AS late,
       (extract(epoch FROM d.due) * 1000000)::bigint AS _c0, d.id AS _c1
FROM linli.duty d JOIN linli.tender t ON t.office_id = d.office_id AND t.id = d.tender_id
WHERE d.office_id = $1::integer AND ($2::bigint IS NULL OR (d.due, d.id) > ('epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3::uuid))
  AND ($6::boolean IS NULL OR $6::boolean = (d.done IS NULL))
ORDER BY d.due, d.id LIMIT $4::integer
