-- Answers of plug-ins that the log knows of, with what they rest on, for a level ($3).  Of procurement the public and the parties
-- read what knows of no bid; of grants and funds all but votes.
SELECT d.id, d.question, d.plugin, d.plugin_version, d.plugin_sha256, d.options, d.facts, d.answer
FROM linli.decision d
JOIN linli.tender t ON t.office_id = d.office_id AND t.id = d.tender_id
WHERE d.office_id = $1::integer AND d.tender_id = $2::uuid
  AND ($3::text = 'supervisor' OR NOT (d.facts::jsonb ?| ARRAY['bids', 'bidders', 'ballots', 'marks', 'offers'])
       OR t.regime IN ('grants', 'charity') AND NOT (d.facts::jsonb ? 'ballots'))
  AND EXISTS (SELECT FROM linli.event_queue e JOIN linli.log_entry l ON l.office_id = e.office_id AND l.event_id = e.id
              WHERE e.office_id = d.office_id AND e.subject = d.id AND e.act = 'log_decision')
ORDER BY d.at, d.id
