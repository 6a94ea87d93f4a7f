WITH used AS (UPDATE linli.blob SET used = true WHERE sha256 = $7::bytea AND NOT used),
     named AS (UPDATE linli.upload SET used = true WHERE sha256 = $7::bytea AND person_id = $12::uuid AND NOT used)
INSERT INTO linli.attachment (office_id, id, object_kind, object_id, name, kind, sha256, public, redacted_of, side, added, added_by)
VALUES ($1::integer, $2::uuid, $3::text, $4::uuid, $5::text, $6::text, $7::bytea, $8::boolean, $9::uuid, $10::text, $11::timestamptz, $12::uuid)
