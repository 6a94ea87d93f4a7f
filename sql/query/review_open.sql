SELECT r.id, r.ground, r.bid_id FROM linli.review r
WHERE r.office_id = $1::integer AND r.lot_id = $2::uuid AND r.state = 'approved'
