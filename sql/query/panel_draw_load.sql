-- The draw of a lot's panel as the acts need it, locked.
SELECT d.pool, d.experts, to_jsonb(d.representatives)::text AS representatives, cardinality(d.sources) AS source_count, d.read_at, d.drawn, d.drawn_by, s.secret
FROM linli.panel_draw d JOIN linli.panel_secret s ON s.office_id = d.office_id AND s.lot_id = d.lot_id
WHERE d.office_id = $1::integer AND d.lot_id = $2::uuid
FOR UPDATE OF d
