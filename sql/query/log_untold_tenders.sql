-- Tenders of which something happened and whose salt was not drawn yet.
SELECT g.office_id, g.tender_id, g.at
FROM (SELECT e.office_id, e.tender_id, min(e.at) AS at FROM linli.event_queue e
      WHERE e.ctid >= $2::tid AND e.ctid < $3::tid AND e.tender_id IS NOT NULL GROUP BY e.office_id, e.tender_id) g
LEFT JOIN LATERAL (SELECT s.tender_id FROM linli.log_salt s WHERE s.tender_id = g.tender_id LIMIT 1) s ON true
WHERE s.tender_id IS NULL
ORDER BY g.at, g.tender_id LIMIT $1::integer
