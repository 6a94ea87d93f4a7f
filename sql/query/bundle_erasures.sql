-- The acts by which entries of a tender were erased.  idx is NULL while the log has not got one yet.
SELECT l.idx, e.office_id, e.id, e.at, e.actor, e.role, e.act, e.subject_kind, e.subject, e.tender_id, e.sealed, e.salt, e.payload
FROM (SELECT DISTINCT q.erasure FROM linli.event_queue q WHERE q.office_id = $1::integer AND q.tender_id = $2::uuid AND q.erasure IS NOT NULL) x
JOIN linli.event_queue e ON e.subject = x.erasure AND e.act = 'erasure_approve'
LEFT JOIN linli.log_entry l ON l.office_id = e.office_id AND l.event_id = e.id
ORDER BY l.idx
