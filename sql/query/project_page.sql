-- The project library of an office, newest change first.
SELECT p.id, p.title, p.field, p.beneficiaries, p.place, p.budget_fen, p.state, p.changed, p.changed AS _c0, p.id AS _c1
FROM linli.project p
WHERE p.office_id = $1::integer
  AND ($2::timestamptz IS NULL OR (p.changed, p.id) < ($2::timestamptz, $3::uuid))
  AND ($5::text IS NULL OR p.state = $5::text) AND ($6::text IS NULL OR p.field = $6::text)
ORDER BY p.changed DESC, p.id DESC
LIMIT $4::integer
