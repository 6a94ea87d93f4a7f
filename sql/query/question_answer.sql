UPDATE linli.question SET answer = $4::text, answered = $5::timestamptz, answered_by = $6::uuid
WHERE office_id = $1::integer AND id = $2::uuid AND tender_id = $3::uuid AND answered IS NULL
RETURNING id
