-- A file that was inside a sealed bid: the bidder brought it.
WITH kept AS (
    INSERT INTO linli.blob AS b (sha256, bytes, type, used) VALUES ($1::bytea, $2::bigint, $3::text, true)
    ON CONFLICT (sha256) DO UPDATE SET used = true WHERE NOT b.used
)
INSERT INTO linli.upload (sha256, person_id, at, used)
SELECT $1::bytea, b.person_id, $6::timestamptz, true FROM linli.bid b WHERE b.office_id = $4::integer AND b.id = $5::uuid
ON CONFLICT (sha256, person_id) DO UPDATE SET used = true
