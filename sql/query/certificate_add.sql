-- The file is kept from now on.
WITH used AS (UPDATE linli.blob SET used = true WHERE sha256 = $7::bytea AND NOT used),
     named AS (UPDATE linli.upload SET used = true WHERE sha256 = $7::bytea AND person_id = $9::uuid AND NOT used)
INSERT INTO linli.certificate (id, organisation_id, kind, name, number, issuer, sha256, added, added_by, valid_until, replaces)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::bytea, $8::timestamptz, $9::uuid, $10::date, $11::uuid)
