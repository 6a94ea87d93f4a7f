-- Notices of an office, newest first.
SELECT n.id, n.tender_id AS tender, n.list_id AS list, n.kind, n.title, n.published, n.period_ends, t.regime, t.mechanism, n.published AS _c0, n.id AS _c1
FROM linli.notice n
LEFT JOIN linli.tender t ON t.office_id = n.office_id AND t.id = n.tender_id
WHERE n.office_id = $1::integer
  AND ($2::timestamptz IS NULL OR (n.published, n.id) < ($2::timestamptz, $3::uuid))
  AND ($5::text IS NULL OR n.kind = $5::text)
ORDER BY n.published DESC, n.id DESC
LIMIT $4::integer
