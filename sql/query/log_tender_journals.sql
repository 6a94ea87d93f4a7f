-- What moved the money of a tender, in the order of the log.
SELECT j.office_id, j.id, j.at,
       jsonb_build_object('at', to_char(j.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'id', j.id, 'kind', j.kind,
           'office', j.office_id, 'source', j.source, 'reverses', j.reverses,
           'lines', (SELECT jsonb_agg(jsonb_build_object('line', p.line, 'appropriation', p.appropriation_id, 'bucket', p.bucket, 'subject', p.subject,
                            'side', p.side, 'fen', p.amount_fen, 'nth', p.nth, 'after', p.after_fen) ORDER BY p.line)
                     FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id))::text AS journal
FROM linli.event_queue e
JOIN linli.log_entry l ON l.office_id = e.office_id AND l.event_id = e.id
JOIN linli.journal j ON j.office_id = e.office_id AND j.id = e.subject
WHERE e.office_id = $1::integer AND e.tender_id = $2::uuid AND e.act = 'log_journal'
ORDER BY l.idx
