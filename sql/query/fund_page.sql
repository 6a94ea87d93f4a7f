SELECT f.id, f.code, f.name, f.name_en, f.purpose, f.code AS _c0
FROM linli.fund f
WHERE f.office_id = $1::integer AND ($2::text IS NULL OR f.code > $2::text)
ORDER BY f.code LIMIT $3::integer
