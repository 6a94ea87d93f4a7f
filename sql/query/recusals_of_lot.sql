SELECT r.member_id, m.person_id, r.bid_id
FROM linli.recusal r JOIN linli.panel_member m ON m.office_id = r.office_id AND m.id = r.member_id
WHERE r.office_id = $1::integer AND m.lot_id = $2::uuid
