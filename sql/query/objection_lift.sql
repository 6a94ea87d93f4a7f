-- The first of two: it holds until the second has looked at the notice.
UPDATE linli.objection SET note = $3::text, lifting = $4::timestamptz, lifting_by = $5::uuid
WHERE office_id = $1::integer AND id = $2::uuid
