INSERT INTO linli.login_link (hash, person_id, expires) VALUES ($1::bytea, $2::uuid, $3::timestamptz)
