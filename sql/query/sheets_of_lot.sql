-- The sheets of those who sit, with how many marks each holds.
SELECT s.id, s.member_id, s.bid_id, s.state, s.blind_locked, s.version,
       (SELECT count(*) FROM linli.mark k JOIN linli.lot l ON l.office_id = s.office_id AND l.id = s.lot_id
        JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
        WHERE k.office_id = s.office_id AND k.sheet_id = s.id AND k.criterion = ANY (t.blind_criteria)) AS blind_marks,
       (SELECT count(*) FROM linli.mark k WHERE k.office_id = s.office_id AND k.sheet_id = s.id) AS marks
FROM linli.sheet s
JOIN linli.panel_member m ON m.office_id = s.office_id AND m.id = s.member_id AND m.state = 'present'
WHERE s.office_id = $1::integer AND s.lot_id = $2::uuid
ORDER BY s.member_id, s.bid_id
