-- Published tenders of an office by (deadline, id), after the cursor.  CASE, where coalesce would do: only so is the cursor a
-- bound of the index in a generic plan under row-level security, and a late page as quick as the first.
SELECT t.id, t.number, t.title, t.category, t.regime, t.mechanism, t.state, t.budget_fen, t.deadline, t.published,
       t.deadline AS _c0, t.id AS _c1
FROM linli.tender t
WHERE t.office_id = $1::integer AND t.published IS NOT NULL
  AND (t.deadline, t.id) > (CASE WHEN $2::timestamptz IS NULL THEN '-infinity' ELSE $2::timestamptz END, CASE WHEN $3::uuid IS NULL THEN '00000000-0000-0000-0000-000000000000' ELSE $3::uuid END)
  AND ($5::text IS NULL OR t.state = $5::text)
ORDER BY t.deadline, t.id
LIMIT $4::integer
