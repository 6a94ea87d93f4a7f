-- Journals whose digest is no event yet, each with the tender whose money it moves.
SELECT j.office_id, j.id, j.at, w.tender_id,
       jsonb_build_object('at', to_char(j.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'id', j.id, 'kind', j.kind,
           'office', j.office_id, 'source', j.source, 'reverses', j.reverses,
           'lines', (SELECT jsonb_agg(jsonb_build_object('line', p.line, 'appropriation', p.appropriation_id, 'bucket', p.bucket, 'subject', p.subject,
                            'side', p.side, 'fen', p.amount_fen, 'nth', p.nth, 'after', p.after_fen) ORDER BY p.line)
                     FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id))::text AS journal
FROM linli.journal j
LEFT JOIN LATERAL (SELECT coalesce(t.id, c.tender_id) AS tender_id FROM linli.posting p
                   LEFT JOIN linli.tender t ON t.office_id = p.office_id AND t.id = p.subject
                   LEFT JOIN linli.contract c ON c.office_id = p.office_id AND c.id = p.subject
                   WHERE p.office_id = j.office_id AND p.journal_id = j.id AND coalesce(t.id, c.tender_id) IS NOT NULL LIMIT 1) w ON true
WHERE j.ctid >= $2::tid AND j.ctid < $3::tid AND NOT EXISTS (SELECT FROM linli.event_queue e WHERE e.office_id = j.office_id AND e.subject = j.id AND e.act = 'log_journal')
ORDER BY j.at, j.id LIMIT $1::integer
