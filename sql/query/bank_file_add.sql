WITH used AS (UPDATE linli.blob SET used = true WHERE sha256 = $3::bytea AND NOT used),
     named AS (UPDATE linli.upload SET used = true WHERE sha256 = $3::bytea AND person_id = $6::uuid AND NOT used)
INSERT INTO linli.bank_file (office_id, id, sha256, format, taken, taken_by)
VALUES ($1::integer, $2::uuid, $3::bytea, $4::text, $5::timestamptz, $6::uuid)
