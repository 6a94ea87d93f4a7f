SELECT m.id, m.person_id, p.name, m.office_id, m.role, m.subtree, m.valid_from, m.valid_until
FROM linli.membership m JOIN linli.person p ON p.id = m.person_id
WHERE m.office_id = $1::integer AND m.id = $2::uuid
