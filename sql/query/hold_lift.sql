UPDATE linli.hold SET lifted = $3::timestamptz, lifted_by = $4::uuid, lifted_reason = $5::text
WHERE office_id = $1::integer AND id = $2::uuid AND lifted IS NULL
RETURNING id
