UPDATE linli.bond SET rule = $3::text, due = $4::timestamptz WHERE office_id = $1::integer AND id = $2::uuid
