-- Unused for a day.  What a bid names is used, though nothing says so before opening: its file is claimed, and whatever its
-- bidder brought may be named in it.
WITH bidders AS MATERIALIZED (
    SELECT d.person_id FROM linli.bid d WHERE d.state = 'sealed'
    UNION SELECT m.person_id FROM linli.bid d JOIN linli.membership m ON m.organisation_id = d.organisation_id WHERE d.state = 'sealed'
)
DELETE FROM linli.blob b
WHERE b.sha256 IN (SELECT x.sha256 FROM linli.blob x
                   WHERE NOT x.used AND x.uploaded < $1::timestamptz
                     AND NOT EXISTS (SELECT 1 FROM linli.claim c WHERE c.kind = 'sealed_sha256' AND c.value = encode(x.sha256, 'hex'))
                     AND NOT EXISTS (SELECT 1 FROM bidders p WHERE p.person_id = x.uploader)
                   LIMIT $2::integer)
  AND NOT b.used
RETURNING encode(b.sha256, 'hex') AS sha256
