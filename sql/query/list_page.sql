-- Published lists of an office, latest year first.
SELECT l.id, l.year, l.title, l.state, l.edition, l.published, l.closed, l.year AS _c0, l.id AS _c1
FROM linli.list l
WHERE l.office_id = $1::integer AND l.published IS NOT NULL
  AND ($2::integer IS NULL OR (l.year, l.id) < ($2::integer, $3::uuid))
ORDER BY l.year DESC, l.id DESC
LIMIT $4::integer
