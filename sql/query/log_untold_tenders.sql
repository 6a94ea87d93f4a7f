-- Tenders of which something happened and whose salt was not drawn yet.
SELECT e.office_id, e.tender_id, min(e.at) AS at
FROM linli.event_queue e
WHERE e.ctid >= $2::tid AND e.tender_id IS NOT NULL AND NOT EXISTS (SELECT FROM linli.log_salt s WHERE s.tender_id = e.tender_id)
GROUP BY e.office_id, e.tender_id ORDER BY min(e.at), e.tender_id LIMIT $1::integer
