-- A file that somebody may name: one they brought.
SELECT b.bytes, b.type FROM linli.blob b JOIN linli.upload u ON u.sha256 = b.sha256
WHERE b.sha256 = decode($1::text, 'hex') AND u.person_id = $2::uuid
