UPDATE linli.site_check SET done = $4::timestamptz, done_by = $5::uuid, present = $6::text, passed = $7::boolean, findings = $8::text
WHERE office_id = $1::integer AND contract_id = $2::uuid AND id = $3::uuid AND done IS NULL RETURNING id
