INSERT INTO linli.session (hash, person_id, csrf, created, expires, strong)
VALUES ($1::bytea, $2::uuid, $3::text, $4::timestamptz, $5::timestamptz, $6::boolean)
