-- The lot and what is awarded of it.
SELECT l.id AS lot, l.phase, l.state, l.waiting, l.phase_due AS due,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'bid', w.bid_id, 'number', b.number, 'organisation', o.name, 'standing', w.standing,
                   'place', w.place, 'amount', (w.amount_fen / 100)::text || '.' || lpad((w.amount_fen % 100)::text, 2, '0'),
                   'state', w.state, 'confirmed', w.confirmed IS NOT NULL, 'why', w.why) ORDER BY w.place), '[]'::jsonb)
        FROM linli.award w JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
        LEFT JOIN linli.organisation o ON o.id = b.organisation_id
        WHERE w.office_id = l.office_id AND w.lot_id = l.id AND w.state NOT IN ('withdrawn', 'refused')) AS awards,
       l.version AS _version
FROM linli.lot l
WHERE l.office_id = $1::integer AND l.id = $2::uuid
