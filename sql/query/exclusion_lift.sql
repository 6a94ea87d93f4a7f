-- A second person, while it lasts.
UPDATE linli.exclusion x SET lifted = $3::timestamptz, lifted_by = $4::uuid, lifted_reason = $5::text
WHERE x.office_id = $1::integer AND x.id = $2::uuid AND x.lifted IS NULL AND x.ends > $3::timestamptz
  AND x.decided_by IS DISTINCT FROM $4::uuid
RETURNING x.id
