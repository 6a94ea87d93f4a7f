-- Across offices: every file that something refers to, for a backup; those of bids are bound to no act yet that would mark them.
SELECT encode(b.sha256, 'hex') AS sha256
FROM linli.blob b
WHERE b.used OR EXISTS (SELECT FROM linli.bid x WHERE x.sha256 = b.sha256 OR x.price_sha256 = b.sha256)
   OR EXISTS (SELECT FROM linli.upload u WHERE u.sha256 = b.sha256 AND u.used)
ORDER BY b.sha256
