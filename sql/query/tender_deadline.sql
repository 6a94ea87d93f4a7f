UPDATE linli.tender SET deadline = $3::timestamptz, deadline_provisional = $4::boolean, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid
