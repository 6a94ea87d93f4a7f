-- All events that are not in the log yet (log_waiting), by their keys alone: many are taken in batches of these.
SELECT e.office_id, e.id
FROM linli.event_queue e
LEFT JOIN LATERAL (SELECT t.opened, t.state FROM linli.tender t WHERE t.office_id = e.office_id AND t.id = e.tender_id LIMIT 1) t ON true
LEFT JOIN LATERAL (SELECT s.salt FROM linli.log_salt s WHERE s.tender_id = e.tender_id LIMIT 1) s ON true
LEFT JOIN LATERAL (SELECT l.idx FROM linli.log_entry l WHERE l.office_id = e.office_id AND l.event_id = e.id LIMIT 1) l ON true
WHERE l.idx IS NULL AND e.erasure IS NULL
  AND e.at <= $2::timestamptz + coalesce((SELECT s.value::bigint FROM linli.setting s WHERE s.name = 'clock_offset_us'), 0) * interval '1 microsecond'
  AND (NOT e.sealed OR t.opened IS NOT NULL OR t.state IN ('void', 'cancelled') OR e.act = 'bids_closed')
  AND (e.act <> 'bid_requote' OR t.state IN ('announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')) AND (e.tender_id IS NULL OR s.salt IS NOT NULL)
ORDER BY e.at, e.id LIMIT $1::integer
