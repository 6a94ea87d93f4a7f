INSERT INTO linli.recovery_code (hash, person_id) VALUES ($1::bytea, $2::uuid)
