UPDATE linli.tender SET reason = $3::text WHERE office_id = $1::integer AND id = $2::uuid
