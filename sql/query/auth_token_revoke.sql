UPDATE linli.token SET revoked = $3::timestamptz
WHERE id = $1::uuid AND person_id = $2::uuid AND revoked IS NULL
RETURNING id
