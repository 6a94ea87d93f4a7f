SELECT c.bid_id, c.rule, c.role, c.passed, dense_rank() OVER (ORDER BY c.person_id) AS by
FROM linli.bid b JOIN linli.bid_check c ON c.office_id = b.office_id AND c.bid_id = b.id
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
ORDER BY c.bid_id, c.rule COLLATE "C", by
