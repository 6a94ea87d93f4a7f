UPDATE linli.paper p SET finding = $3::text, finding_role = $4::text, found = $5::timestamptz, found_by = $6::uuid, reason = $7::text
WHERE p.office_id = $1::integer AND p.id = $2::uuid AND p.given IS NOT NULL AND p.finding IS NULL AND p.given_by <> $6::uuid
RETURNING p.id
