SELECT w.id, w.tender_id, w.lot_id, w.bid_id, w.standing, w.place, w.amount_fen, w.state, b.organisation_id, b.key, o.name,
       CASE WHEN o.kind = 'filed' THEN o.host_id END AS host
FROM linli.award w JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
LEFT JOIN linli.organisation o ON o.id = b.organisation_id
WHERE w.office_id = $1::integer AND w.id = $2::uuid
