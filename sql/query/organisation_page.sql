SELECT o.id, o.name, o.name_en, o.kind, o.uscc, o.uscc_doubtful, o.id AS _c0
FROM linli.organisation o
WHERE ($1::uuid IS NULL OR o.id > $1::uuid) AND ($3::text IS NULL OR o.uscc = $3::text)
ORDER BY o.id LIMIT $2::integer
