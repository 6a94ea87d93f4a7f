-- Answers of plug-ins whose digest is no event yet; of a tender whose bids are sealed, beyond its plan, from its opening or end on.
SELECT d.office_id, d.id, d.tender_id, d.at, d.question, d.plugin, d.plugin_version, d.plugin_sha256, d.options, d.facts, d.answer
FROM linli.decision d
JOIN linli.tender t ON t.office_id = d.office_id AND t.id = d.tender_id
WHERE d.ctid >= $2::tid AND d.ctid < $3::tid AND NOT EXISTS (SELECT FROM linli.event_queue e WHERE e.office_id = d.office_id AND e.subject = d.id AND e.act = 'log_decision')
  AND (d.question = 'plan' OR t.opened IS NOT NULL OR t.sealing = 'open_bids' OR t.state IN ('void', 'cancelled'))
ORDER BY d.at, d.id LIMIT $1::integer
