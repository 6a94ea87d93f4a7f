-- Tenders of an office in any state, newest first, for the office.
SELECT t.id, t.number, t.title, t.category, t.regime, t.mechanism, t.state, t.budget_fen, t.deadline, t.created,
       t.created AS _c0, t.id AS _c1
FROM linli.tender t
WHERE t.office_id = $1::integer AND t.office_id = ANY ($2::integer[])
  AND ($3::timestamptz IS NULL OR (t.created, t.id) < ($3::timestamptz, $4::uuid))
  AND ($6::text IS NULL OR t.state = $6::text)
ORDER BY t.created DESC, t.id DESC
LIMIT $5::integer
