UPDATE linli.due SET done = $3::timestamptz WHERE office_id = $1::integer AND id = $2::uuid
