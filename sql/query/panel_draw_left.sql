-- Whose turn has not come yet, in the order of the draw, and what keeps somebody from sitting today.
SELECT u.no, u.id AS expert, e.person_id, p.blocked,
       EXISTS (SELECT FROM linli.expert x WHERE x.office_id = d.pool_office AND x.person_id = e.person_id AND x.gone IS NULL) AS there,
       EXISTS (SELECT FROM linli.held(p.id, $3::date, true) h WHERE h.office_id = d.office_id AND h.role = 'evaluator') AS evaluator,
       EXISTS (SELECT FROM linli.panel_member m WHERE m.office_id = d.office_id AND m.lot_id = d.lot_id AND m.person_id = e.person_id) AS sat
FROM linli.panel_draw d
CROSS JOIN LATERAL unnest(d.drawn_order) WITH ORDINALITY u(id, no)
JOIN linli.expert e ON e.office_id = d.pool_office AND e.id = u.id
JOIN linli.person p ON p.id = e.person_id
WHERE d.office_id = $1::integer AND d.lot_id = $2::uuid
  AND NOT EXISTS (SELECT FROM linli.panel_turn t WHERE t.office_id = d.office_id AND t.lot_id = d.lot_id AND t.no = u.no)
ORDER BY u.no
