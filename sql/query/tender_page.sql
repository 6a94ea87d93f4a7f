-- Published tenders of an office by (deadline, id), after the cursor.
SELECT t.id, t.number, t.title, t.category, t.regime, t.mechanism, t.state, t.budget_fen, t.deadline, t.published,
       t.deadline AS _c0, t.id AS _c1
FROM linli.tender t
WHERE t.office_id = $1::integer AND t.published IS NOT NULL
  AND ($2::timestamptz IS NULL OR (t.deadline, t.id) > ($2::timestamptz, $3::uuid))
  AND ($5::text IS NULL OR t.state = $5::text)
ORDER BY t.deadline, t.id
LIMIT $4::integer
