-- Answers of plug-ins that the log knows of, with what they rest on.
SELECT d.id, d.question, d.plugin, d.plugin_version, d.plugin_sha256, d.options, d.facts, d.answer
FROM linli.decision d
WHERE d.office_id = $1::integer AND d.tender_id = $2::uuid
  AND EXISTS (SELECT FROM linli.event_queue e JOIN linli.log_entry l ON l.office_id = e.office_id AND l.event_id = e.id
              WHERE e.office_id = d.office_id AND e.subject = d.id AND e.act = 'log_decision')
ORDER BY d.at, d.id
