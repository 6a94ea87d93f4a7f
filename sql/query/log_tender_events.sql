-- All entries of a tender with what they commit to.
SELECT l.idx, e.office_id, e.id, e.at, e.actor, e.role, e.act, e.subject_kind, e.subject, e.tender_id, e.sealed, e.salt, e.payload
FROM linli.log_entry l
JOIN linli.event_queue e ON e.office_id = l.office_id AND e.id = l.event_id
WHERE e.office_id = $1::integer AND e.tender_id = $2::uuid
ORDER BY l.idx
