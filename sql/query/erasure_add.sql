INSERT INTO linli.erasure (id, person_id, ground, reason, asked, asked_by, state)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::timestamptz, $6::uuid, 'asked')
