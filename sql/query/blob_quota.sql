-- What a person has uploaded and nobody has used.
SELECT coalesce(sum(b.bytes), 0)::bigint AS bytes
FROM linli.blob b
WHERE b.uploader = $1::uuid AND NOT b.used
  AND NOT EXISTS (SELECT 1 FROM linli.claim c WHERE c.kind = 'sealed_sha256' AND c.value = encode(b.sha256, 'hex'))
