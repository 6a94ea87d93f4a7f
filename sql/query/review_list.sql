-- Evaluations of a lot that were asked for again, with what they overtook.
SELECT r.id, r.lot_id AS lot, r.ground, r.bid_id AS bid, r.reason, r.state, r.asked, r.asked_by, r.decided, r.decided_by, r.note,
       r.before, r.done, r.changed
FROM linli.review r
WHERE r.office_id = $1::integer AND r.lot_id = $2::uuid AND r.office_id = ANY ($3::integer[])
ORDER BY r.asked, r.id LIMIT 1001
