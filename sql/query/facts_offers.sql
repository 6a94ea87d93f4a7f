SELECT o.bid_id, o.field, o.round, o.unit, o.value, o.at
FROM linli.bid b JOIN linli.offer o ON o.office_id = b.office_id AND o.bid_id = b.id
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
  AND b.state = 'open'
ORDER BY o.bid_id, o.field COLLATE "C", o.round
