-- I14: every journal has the event of the act that posted it: the same instant, the same actor.
SELECT j.office_id, format('journal %s (%s) has no event', j.id, j.kind) AS what
FROM linli.journal j
WHERE NOT EXISTS (SELECT 1 FROM linli.event_queue e WHERE e.office_id = j.office_id AND e.at = j.at AND e.actor IS NOT DISTINCT FROM j.actor)
ORDER BY j.office_id, j.id LIMIT 1000
