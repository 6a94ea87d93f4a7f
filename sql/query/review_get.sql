SELECT r.id, r.lot_id AS lot, r.ground, r.bid_id AS bid, r.reason, r.state, r.asked, r.asked_by, r.decided, r.decided_by, r.note,
       r.before, r.done, r.changed, l.phase, l.version AS _version
FROM linli.review r JOIN linli.lot l ON l.office_id = r.office_id AND l.id = r.lot_id
WHERE r.office_id = $1::integer AND r.id = $2::uuid
