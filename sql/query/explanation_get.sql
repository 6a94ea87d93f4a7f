SELECT e.asked, e.answered, e.judged, b.organisation_id, l.id AS lot_id
FROM linli.explanation e
JOIN linli.bid b ON b.office_id = e.office_id AND b.id = e.bid_id
JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
WHERE e.office_id = $1::integer AND e.bid_id = $2::uuid
