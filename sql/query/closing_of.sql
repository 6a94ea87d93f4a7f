-- The closing of a lot's bids or, of two envelopes, of its prices; its event, and its entry in the log once it has one.
SELECT c.event_id, c.bids, c.root, c.opened, e.office_id, e.id, e.at, e.actor, e.role, e.act, e.subject_kind, e.subject, e.tender_id, e.sealed, e.salt,
       e.payload, l.idx, l.entry
FROM linli.closing c
JOIN linli.event_queue e ON e.office_id = c.office_id AND e.id = c.event_id
LEFT JOIN linli.log_entry l ON l.office_id = c.office_id AND l.event_id = c.event_id
WHERE c.office_id = $1::integer AND c.lot_id = $2::uuid AND c.envelope = $3::integer
