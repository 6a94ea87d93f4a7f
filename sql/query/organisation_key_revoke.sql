UPDATE linli.organisation_key SET revoked = $3::timestamptz, revoked_by = $4::uuid, reason = $5::text
WHERE id = $1::uuid AND organisation_id = $2::uuid AND revoked IS NULL
