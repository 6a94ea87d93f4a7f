UPDATE linli.objection SET relevant = $3::boolean, note = $4::text, taken = $5::timestamptz, lifting = NULL, lifting_by = NULL
WHERE office_id = $1::integer AND id = $2::uuid
