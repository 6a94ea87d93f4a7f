SELECT w.bid_id, w.standing, w.place, w.amount_fen FROM linli.award w
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid AND w.state NOT IN ('withdrawn', 'refused')
ORDER BY w.place
