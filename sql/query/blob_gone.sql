-- Which of these have no row.
SELECT s.sha256 FROM unnest($1::text[]) s (sha256)
WHERE NOT EXISTS (SELECT 1 FROM linli.blob b WHERE b.sha256 = decode(s.sha256, 'hex'))
