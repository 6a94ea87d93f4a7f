-- How far the panel has come; no mark is in it.
SELECT l.id AS lot, l.phase,
       (SELECT count(*) FROM linli.sheet s JOIN linli.panel_member m ON m.office_id = s.office_id AND m.id = s.member_id
        WHERE s.office_id = l.office_id AND s.lot_id = l.id AND m.state = 'present' AND s.state = 'locked') AS sheets_locked,
       (SELECT count(*) FROM linli.mark_commit c JOIN linli.panel_member m ON m.office_id = c.office_id AND m.id = c.member_id
        WHERE c.office_id = l.office_id AND c.lot_id = l.id AND m.state = 'present') AS sheets_committed,
       (SELECT max(m.unblinded) FROM linli.panel_member m WHERE m.office_id = l.office_id AND m.lot_id = l.id AND m.state = 'present') AS unblinded,
       (SELECT t.locked FROM linli.sitting t WHERE t.office_id = l.office_id AND t.lot_id = l.id) AS all_locked,
       l.version AS _version
FROM linli.lot l WHERE l.office_id = $1::integer AND l.id = $2::uuid
