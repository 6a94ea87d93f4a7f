SELECT r.id, r.ground, r.bid_id, r.reason, r.state, r.asked_by FROM linli.review r
WHERE r.office_id = $1::integer AND r.lot_id = $2::uuid AND r.id = $3::uuid
