INSERT INTO linli.milestone (office_id, id, tender_id, lot_id, kind, role, at, bid_id, phase)
SELECT $1::integer, m.id, m.tender, m.lot, 'paid', $6::text, $7::timestamptz, m.bid,
       (SELECT l.phase FROM linli.lot l WHERE l.office_id = $1::integer AND l.id = m.lot)
FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[]) AS m(id, tender, lot, bid)
