UPDATE linli.due SET tries = tries + 1, failed = $3::text WHERE office_id = $1::integer AND id = $2::uuid AND done IS NULL
