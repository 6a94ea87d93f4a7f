INSERT INTO linli.account_consent (id, person_id, given_by, given, expires)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5::timestamptz)
