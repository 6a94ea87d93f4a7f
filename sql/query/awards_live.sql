-- Awards of a lot that stand, with what is known of their bids.
SELECT w.id, w.bid_id, w.standing, w.place, w.amount_fen, w.state, w.decided_by, w.confirmed, b.withdrawn, b.organisation_id
FROM linli.award w JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid AND w.state NOT IN ('withdrawn', 'refused')
ORDER BY w.place
