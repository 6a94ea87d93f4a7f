SELECT w.id, w.lot_id AS lot, w.bid_id AS bid, o.name AS organisation, w.standing, w.place, w.amount_fen, w.state, w.decided,
       w.confirmed, w.announced, w.reason, w.why, w.version AS _version
FROM linli.award w JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
LEFT JOIN linli.organisation o ON o.id = b.organisation_id
WHERE w.office_id = $1::integer AND w.id = $2::uuid
