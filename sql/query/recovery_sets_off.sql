UPDATE linli.recovery SET sets_off = true, note = $3::text WHERE office_id = $1::integer AND id = $2::uuid AND NOT sets_off RETURNING id
