SELECT r.id, r.name, r.size, r.created, r.version AS _version
FROM linli.roll r WHERE r.office_id = $1::integer AND r.id = $2::uuid
