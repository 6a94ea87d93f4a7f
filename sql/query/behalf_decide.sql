UPDATE linli.behalf SET state = $3::text, decided = $4::timestamptz, decided_by = $5::uuid, reason = $6::text, made = $7::uuid
WHERE office_id = $1::integer AND id = $2::uuid
