-- A new secret, as long as none is confirmed.
INSERT INTO linli.second_factor (person_id, secret, enrolled) VALUES ($1::uuid, $2::bytea, $3::timestamptz)
ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret, enrolled = excluded.enrolled, confirmed = NULL, step = 0, failed = 0
WHERE second_factor.confirmed IS NULL OR second_factor.secret IS NULL
RETURNING person_id
