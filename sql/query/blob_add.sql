-- The same content is stored once; who brings it again counts as its bringer where nobody has used it.
INSERT INTO linli.blob (sha256, bytes, type, uploader, uploaded)
VALUES (decode($1::text, 'hex'), $2::bigint, $3::text, $4::uuid, $5::timestamptz)
ON CONFLICT (sha256) DO UPDATE SET uploader = excluded.uploader, uploaded = excluded.uploaded
WHERE NOT blob.used
