UPDATE linli.certificate SET retired = $3::timestamptz, retired_by = $4::uuid, reason = $5::text
WHERE id = $1::uuid AND organisation_id = $2::uuid AND retired IS NULL
RETURNING id
