SELECT m.kind, m.role, m.at, m.bid_id FROM linli.milestone m
WHERE m.office_id = $1::integer AND m.tender_id = $2::uuid AND (m.lot_id IS NULL OR m.lot_id = $3::uuid)
ORDER BY m.at, m.kind COLLATE "C", m.id
