UPDATE linli.contract SET state = $3::text WHERE office_id = $1::integer AND id = $2::uuid
