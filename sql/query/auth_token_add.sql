INSERT INTO linli.token (id, hash, person_id, name, roles, created, expires, strong)
VALUES ($1::uuid, $2::bytea, $3::uuid, $4::text, $5::bigint, $6::timestamptz, $7::timestamptz, $8::boolean)
