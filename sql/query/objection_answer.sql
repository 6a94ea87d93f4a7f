UPDATE linli.objection SET state = $3::text, answer = $4::text, effect = $5::text, answered = $6::timestamptz, answered_by = $7::uuid, consequence = $8::text
WHERE office_id = $1::integer AND id = $2::uuid
