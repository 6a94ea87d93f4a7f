-- How many an organisation keeps, how many it ever kept, and what their files take.
SELECT count(*) FILTER (WHERE c.retired IS NULL) AS kept, count(*) AS ever, coalesce(sum(b.bytes), 0)::bigint AS bytes
FROM linli.certificate c JOIN linli.blob b ON b.sha256 = c.sha256
WHERE c.organisation_id = $1::uuid
