-- The papers an organisation keeps, for its own people: what runs out soonest first, then what does not run out, then what was retired.
-- expiring: within sixty days.
SELECT c.id, c.kind, c.name, c.number, c.issuer, c.valid_until,
       CASE WHEN c.retired IS NOT NULL THEN 'retired' WHEN c.valid_until < d.today THEN 'expired'
            WHEN c.valid_until < d.today + 60 THEN 'expiring' ELSE 'valid' END AS state,
       linli.file_called(c.name, b.type) AS file, b.type, b.bytes, c.sha256, c.added, c.replaces, c.retired, c.reason
FROM linli.certificate c JOIN linli.blob b ON b.sha256 = c.sha256
CROSS JOIN (SELECT ($3::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS today) d
WHERE c.organisation_id = $1::uuid AND c.organisation_id = ANY ($2::uuid[])
ORDER BY c.retired DESC NULLS FIRST, c.valid_until NULLS LAST, c.added, c.id LIMIT 1000
