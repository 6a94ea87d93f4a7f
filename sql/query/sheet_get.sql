-- A sheet with the request to open it again that is not answered yet.
SELECT s.id, s.lot_id, s.member_id, s.bid_id, s.state, m.person_id, m.state AS member_state, q.id AS asked, q.person_id AS asked_by, q.ground
FROM linli.sheet s
JOIN linli.panel_member m ON m.office_id = s.office_id AND m.id = s.member_id
LEFT JOIN linli.sheet_request q ON q.office_id = s.office_id AND q.sheet_id = s.id
     AND NOT EXISTS (SELECT 1 FROM linli.sheet_reopened r WHERE r.office_id = q.office_id AND r.id = q.id)
WHERE s.office_id = $1::integer AND s.id = $2::uuid
ORDER BY q.at DESC LIMIT 1
