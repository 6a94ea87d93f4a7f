SELECT m.id, m.person_id, p.name, m.role, m.subtree, m.valid_from, m.valid_until, m.id AS _c0
FROM linli.membership m JOIN linli.person p ON p.id = m.person_id
WHERE m.office_id = $1::integer AND ($2::uuid IS NULL OR m.id > $2::uuid) AND ($4::text IS NULL OR m.role = $4::text)
ORDER BY m.id LIMIT $3::integer
