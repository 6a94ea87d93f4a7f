-- What nobody brought any more, and nothing refers to.
DELETE FROM linli.blob b
WHERE b.sha256 IN (SELECT x.sha256 FROM linli.blob x
                   WHERE NOT x.used AND NOT EXISTS (SELECT 1 FROM linli.upload u WHERE u.sha256 = x.sha256)
                   LIMIT $1::integer)
  AND NOT b.used
RETURNING encode(b.sha256, 'hex') AS sha256
