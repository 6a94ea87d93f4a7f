-- What was awarded of the other lots of a tender, and to whom.
SELECT l.no AS lot, w.standing, w.amount_fen, b.organisation_id
FROM linli.award w
JOIN linli.lot l ON l.office_id = w.office_id AND l.id = w.lot_id
JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
WHERE w.office_id = $1::integer AND w.tender_id = $2::uuid AND w.lot_id <> $3::uuid AND w.state NOT IN ('withdrawn', 'refused')
ORDER BY l.no, w.place, w.id
