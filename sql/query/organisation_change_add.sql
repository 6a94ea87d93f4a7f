-- What it was called until now is kept.
INSERT INTO linli.organisation_change (id, organisation_id, kind, name, reason, at, by, other_id)
SELECT $2::uuid, o.id, $3::text, o.name, $4::text, $5::timestamptz, $6::uuid, $7::uuid
FROM linli.organisation o WHERE o.id = $1::uuid
