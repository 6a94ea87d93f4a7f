-- What was published at any office, newest first; $4: only those whose title holds it.
SELECT n.id, n.office_id AS office, o.name AS office_name, n.tender_id AS tender, n.list_id AS list, n.kind, n.title, n.published,
       n.period_ends, n.published AS _c0, n.id AS _c1
FROM linli.notice n JOIN linli.office o ON o.office_id = n.office_id
WHERE (n.published, n.id) < (CASE WHEN $1::timestamptz IS NULL THEN 'infinity' ELSE $1::timestamptz END, CASE WHEN $2::uuid IS NULL THEN 'ffffffff-ffff-ffff-ffff-ffffffffffff' ELSE $2::uuid END)
  AND ($4::text IS NULL OR strpos(lower(n.title), lower($4::text)) > 0)
  AND ($5::text IS NULL OR n.kind = $5::text) AND ($6::integer IS NULL OR n.office_id = $6::integer)
ORDER BY n.published DESC, n.id DESC
LIMIT $3::integer
