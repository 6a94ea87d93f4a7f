UPDATE linli.tranche SET state = $3::text, version = version + 1 WHERE office_id = $1::integer AND id = $2::uuid
