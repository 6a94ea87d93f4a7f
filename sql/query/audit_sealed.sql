-- I6: a journal says what it said when it was posted: as many lines, and the digest of what they say.
SELECT j.office_id, format('journal %s (%s) is not what was posted', j.id, j.kind) AS what
FROM linli.journal j
LEFT JOIN LATERAL (
    SELECT count(*) AS lines, string_agg(format(' %s %s %s %s %s', p.side, p.appropriation_id, p.bucket, p.subject, p.amount_fen), '' ORDER BY p.line) AS said
    FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id) p ON true
WHERE p.lines <> j.lines
   OR j.digest <> sha256(convert_to(format('linli/journal/v2 %s %s %s %s', j.office_id, j.kind, j.source, coalesce(j.reverses::text, '-')) || coalesce(p.said, ''), 'UTF8'))
ORDER BY j.office_id, j.id LIMIT 1000
