-- Draws of spot checks of an office, for everybody.
SELECT d.id, d.most, d.reason, encode(d.commitment, 'hex') AS commitment, d.promised, d.drawn, z.told,
       CASE WHEN z.told THEN d.seed END AS secret, d.witnesses, CASE WHEN z.told THEN to_jsonb(d.pool) END AS pool,
       CASE WHEN z.told THEN to_jsonb(d.chosen) END AS chosen, d.promised AS _c0, d.id AS _c1
FROM linli.spot_draw d
JOIN LATERAL (SELECT d.drawn IS NOT NULL AND NOT EXISTS (SELECT FROM linli.site_check x WHERE x.office_id = d.office_id AND x.draw_id = d.id AND x.done IS NULL)
              AS told) z ON true
WHERE d.office_id = $1::integer AND ($2::timestamptz IS NULL OR (d.promised, d.id) < ($2::timestamptz, $3::uuid))
ORDER BY d.promised DESC, d.id DESC LIMIT $4::integer
