SELECT o.office_id, o.parent_id, o.kind, o.code, o.name, o.name_en, o.office_id AS _c0
FROM linli.office o
WHERE ($1::integer IS NULL OR o.office_id > $1::integer)
  AND ($3::integer IS NULL OR o.parent_id = $3::integer) AND ($4::text IS NULL OR o.kind = $4::text)
ORDER BY o.office_id LIMIT $2::integer
