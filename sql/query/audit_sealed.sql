-- I6: a journal says what it said when it was posted: as many lines, and the digest of what they say.
SELECT j.office_id, format('journal %s (%s) is not what was posted', j.id, j.kind) AS what
FROM linli.journal j
LEFT JOIN LATERAL (
    SELECT count(*) AS lines, min(p.appropriation_id::text) AS appropriation, min(p.bucket) FILTER (WHERE p.side = 'D') AS source_bucket,
           min(p.subject::text) FILTER (WHERE p.side = 'D') AS source_subject, min(p.bucket) FILTER (WHERE p.side = 'C') AS bucket,
           min(p.subject::text) FILTER (WHERE p.side = 'C') AS subject, sum(p.amount_fen) FILTER (WHERE p.side = 'C') AS fen
    FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id) p ON true
WHERE p.lines <> j.lines OR j.request_hash <> sha256(convert_to(CASE j.kind
    WHEN 'reverse' THEN format('linli/journal/v1 %s reverse %s %s', j.office_id, j.reverses, j.source)
    ELSE format('linli/journal/v1 %s %s %s %s %s %s %s %s %s', j.office_id, p.appropriation, j.kind, p.source_bucket, p.source_subject, p.bucket,
                p.subject, j.source, p.fen) END, 'UTF8'))
ORDER BY j.office_id, j.id LIMIT 1000
