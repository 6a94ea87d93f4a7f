-- Marks of a lot: a member sees its own; the panel all once every sheet is locked; others from when the plan's readings say.
SELECT s.id, m.no AS member, m.person_id = $3::uuid AS own, s.bid_id AS bid, s.state,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('criterion', k.criterion, 'value', k.shown, 'reason', k.reason) ORDER BY k.criterion), '[]'::jsonb)
        FROM linli.mark k WHERE k.office_id = s.office_id AND k.sheet_id = s.id) AS marks,
       s.saved, s.locked, s.version
FROM linli.sheet s
JOIN linli.lot l ON l.office_id = s.office_id AND l.id = s.lot_id
JOIN linli.panel_member m ON m.office_id = s.office_id AND m.id = s.member_id
WHERE s.office_id = $1::integer AND s.lot_id = $2::uuid AND m.state = 'present'
  AND (m.person_id = $3::uuid
       OR (EXISTS (SELECT 1 FROM linli.sitting t WHERE t.office_id = s.office_id AND t.lot_id = s.lot_id AND t.locked IS NOT NULL)
           AND (EXISTS (SELECT 1 FROM unnest($4::text[]) r WHERE r <> 'evaluator' AND 'marks:' || r = ANY (l.sees))
                OR EXISTS (SELECT 1 FROM linli.panel_member n WHERE n.office_id = s.office_id AND n.lot_id = s.lot_id
                           AND n.person_id = $3::uuid AND n.state = 'present'))))
ORDER BY m.no, s.bid_id
LIMIT 1001
