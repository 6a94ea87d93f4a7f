-- What administrators said of losses of the log, on which it went on under another name.
SELECT l.idx, e.office_id, e.id, e.at, e.actor, e.role, e.act, e.subject_kind, e.subject, e.tender_id, e.sealed, e.salt, e.payload
FROM linli.event_queue e
JOIN linli.log_entry l ON l.office_id = e.office_id AND l.event_id = e.id
WHERE e.office_id = 0 AND e.act = 'log_recover'
ORDER BY l.idx
