SELECT r.id, r.name, r.size, r.created, r.created AS _c0, r.id AS _c1
FROM linli.roll r
WHERE r.office_id = $1::integer AND r.office_id = ANY ($5::integer[])
  AND ($2::timestamptz IS NULL OR (r.created, r.id) < ($2::timestamptz, $3::uuid))
ORDER BY r.created DESC, r.id DESC LIMIT $4::integer
