UPDATE linli.question SET due = $3::timestamptz WHERE office_id = $1::integer AND id = $2::uuid
