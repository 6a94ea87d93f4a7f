-- Unused for a day; what a bid names is used, though its row does not say so before opening.
DELETE FROM linli.blob b
WHERE b.sha256 IN (SELECT x.sha256 FROM linli.blob x
                   WHERE NOT x.used AND x.uploaded < $1::timestamptz
                     AND NOT EXISTS (SELECT 1 FROM linli.claim c WHERE c.kind = 'sealed_sha256' AND c.value = encode(x.sha256, 'hex'))
                   LIMIT $2::integer)
  AND NOT b.used
RETURNING encode(b.sha256, 'hex') AS sha256
