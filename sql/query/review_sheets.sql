-- Locked sheets of those who sit, of one bid or of all.
SELECT s.id FROM linli.sheet s
JOIN linli.panel_member m ON m.office_id = s.office_id AND m.id = s.member_id AND m.state = 'present'
WHERE s.office_id = $1::integer AND s.lot_id = $2::uuid AND s.state = 'locked' AND ($3::uuid IS NULL OR s.bid_id = $3::uuid)
ORDER BY s.id
