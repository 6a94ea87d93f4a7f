UPDATE linli.appropriation SET last_request = $3::date, carried = carried + 1 WHERE office_id = $1::integer AND id = $2::uuid
