-- Events that are not in the log yet, in the order in which they happened.  What was sealed waits for its opening, or for the end
-- of a tender that is never opened, so that nothing can be counted before (of a closing, which is logged first, an entry shows nothing), and quotes of a round for the result; what
-- is dated ahead of legal time waits until it comes, since the times of a log never go back (log_ahead).  Not
-- "after the last one": an earlier event may be committed later.  LIMIT 1: one look-up a row in each table, whatever they hold.
SELECT e.office_id, e.id, e.at, e.actor, e.role, e.act, e.subject_kind, e.subject, e.tender_id, e.sealed, e.salt, e.payload,
       s.salt AS tender_salt
FROM linli.event_queue e
LEFT JOIN LATERAL (SELECT t.opened, t.state FROM linli.tender t WHERE t.office_id = e.office_id AND t.id = e.tender_id LIMIT 1) t ON true
LEFT JOIN LATERAL (SELECT s.salt FROM linli.log_salt s WHERE s.tender_id = e.tender_id LIMIT 1) s ON true
LEFT JOIN LATERAL (SELECT l.idx FROM linli.log_entry l WHERE l.office_id = e.office_id AND l.event_id = e.id LIMIT 1) l ON true
WHERE e.ctid >= $2::tid AND l.idx IS NULL AND e.erasure IS NULL
  AND e.at <= $3::timestamptz + coalesce((SELECT s.value::bigint FROM linli.setting s WHERE s.name = 'clock_offset_us'), 0) * interval '1 microsecond'
  AND (NOT e.sealed OR t.opened IS NOT NULL OR t.state IN ('void', 'cancelled') OR e.act = 'bids_closed')
  AND (e.act <> 'bid_requote' OR t.state IN ('announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')) AND (e.tender_id IS NULL OR s.salt IS NOT NULL)
ORDER BY e.at, e.id LIMIT $1::integer
