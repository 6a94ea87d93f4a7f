SELECT l.title, l.state, l.created_by, l.year, l.edition FROM linli.list l
WHERE l.office_id = $1::integer AND l.id = $2::uuid
