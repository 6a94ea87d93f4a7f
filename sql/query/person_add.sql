INSERT INTO linli.person (id, login, name, employer, family, created)
VALUES ($1::uuid, $2::text, $3::text, $4::text, $5::text[], $6::timestamptz)
