-- Some of log_waiting_list, in that order, where they still wait.
SELECT e.office_id, e.id, e.at, e.actor, e.role, e.act, e.subject_kind, e.subject, e.tender_id, e.sealed, e.salt, e.payload,
       s.salt AS tender_salt
FROM unnest($1::bigint[]::integer[], $2::text[]::uuid[]) WITH ORDINALITY AS x(office_id, id, no)
JOIN linli.event_queue e ON e.office_id = x.office_id AND e.id = x.id
LEFT JOIN LATERAL (SELECT t.opened, t.state FROM linli.tender t WHERE t.office_id = e.office_id AND t.id = e.tender_id LIMIT 1) t ON true
LEFT JOIN LATERAL (SELECT s.salt FROM linli.log_salt s WHERE s.tender_id = e.tender_id LIMIT 1) s ON true
LEFT JOIN LATERAL (SELECT l.idx FROM linli.log_entry l WHERE l.office_id = e.office_id AND l.event_id = e.id LIMIT 1) l ON true
WHERE l.idx IS NULL AND e.erasure IS NULL
  AND (NOT e.sealed OR t.opened IS NOT NULL OR t.state IN ('void', 'cancelled') OR e.act = 'bids_closed')
  AND (e.act <> 'bid_requote' OR t.state IN ('announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')) AND (e.tender_id IS NULL OR s.salt IS NOT NULL)
ORDER BY x.no
