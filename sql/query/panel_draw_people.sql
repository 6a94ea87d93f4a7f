-- Who comes for the buyer, named when the pool was fixed.
SELECT u.id AS person FROM linli.panel_draw d CROSS JOIN LATERAL unnest(d.representatives) WITH ORDINALITY u(id, no)
WHERE d.office_id = $1::integer AND d.lot_id = $2::uuid ORDER BY u.no
