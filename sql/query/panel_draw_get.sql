-- The draw of a panel.  For everybody: what was promised, which pool was fixed (its digest) and where chance comes from.  The pool itself, the
-- chance and who was drawn: for the office and who watches, and for everybody once the result is announced.
SELECT l.id AS lot, s.commitment, d.pool_office, d.field, d.experts, d.frozen, encode(sha256(convert_to(d.pool, 'UTF8')), 'hex') AS pool_sha256,
       encode(sha256(convert_to(d.excluded, 'UTF8')), 'hex') AS excluded_sha256, to_jsonb(d.sources) AS sources, d.read_at, d.drawn, d.witnesses,
       CASE WHEN z.told THEN d.pool END AS pool, CASE WHEN z.told THEN d.excluded END AS excluded,
       CASE WHEN z.told THEN to_jsonb(d.readings) END AS readings,
       CASE WHEN z.told AND d.drawn IS NOT NULL AND d.read_at IS NULL THEN encode(s.secret, 'hex') END AS secret,
       CASE WHEN z.told THEN encode(d.seed, 'hex') END AS seed,
       CASE WHEN z.told THEN (
           SELECT jsonb_agg(jsonb_build_object('place', u.no, 'expert', u.id, 'outcome', t.outcome, 'at', t.at,
                                               'why', CASE WHEN l.office_id = ANY ($3::integer[]) THEN t.why END) ORDER BY u.no)
           FROM unnest(d.drawn_order) WITH ORDINALITY u(id, no)
           LEFT JOIN linli.panel_turn t ON t.office_id = d.office_id AND t.lot_id = d.lot_id AND t.no = u.no) END AS drawn_order,
       l.version AS _version
FROM linli.lot l
JOIN linli.panel_secret s ON s.office_id = l.office_id AND s.lot_id = l.id
LEFT JOIN linli.panel_draw d ON d.office_id = l.office_id AND d.lot_id = l.id
CROSS JOIN LATERAL (
    SELECT l.office_id = ANY ($3::integer[])
           OR EXISTS (SELECT FROM linli.award w WHERE w.office_id = l.office_id AND w.lot_id = l.id AND w.announced IS NOT NULL) AS told) z
WHERE l.office_id = $1::integer AND l.id = $2::uuid
