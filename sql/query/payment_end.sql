UPDATE linli.payment SET state = $3::text, reason = $4::text WHERE office_id = $1::integer AND id = $2::uuid
