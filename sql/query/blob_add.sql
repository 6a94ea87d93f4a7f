-- The same content is stored once; whoever brings it is written down.
WITH kept AS (
    INSERT INTO linli.blob (sha256, bytes, type, sealed) VALUES (decode($1::text, 'hex'), $2::bigint, $3::text, $6::bytea) ON CONFLICT (sha256) DO NOTHING
)
INSERT INTO linli.upload (sha256, person_id, at) VALUES (decode($1::text, 'hex'), $4::uuid, $5::timestamptz)
ON CONFLICT (sha256, person_id) DO UPDATE SET at = excluded.at
