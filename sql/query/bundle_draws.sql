-- What the panels of a tender were drawn from; nothing where the level ($3) is not the supervisor's.
SELECT d.lot_id || '.' || x.name AS name, x.text
FROM linli.lot l JOIN linli.panel_draw d ON d.office_id = l.office_id AND d.lot_id = l.id
CROSS JOIN LATERAL (VALUES ('pool', d.pool), ('excluded', d.excluded)) x (name, text)
WHERE l.office_id = $1::integer AND l.tender_id = $2::uuid AND d.drawn IS NOT NULL AND $3::text = 'supervisor'
ORDER BY 1
