-- Public draws of a lot: what was promised, the secret, who took part, the witnesses and the order, so that anybody can draw again.
SELECT d.id, d.purpose, to_jsonb(d.keys) AS keys, d.seed, l.draw_commitment AS commitment, d.participants, d.witnesses, d.at
FROM linli.draw d JOIN linli.lot l ON l.office_id = d.office_id AND l.id = d.lot_id
WHERE d.office_id = $1::integer AND d.lot_id = $2::uuid
ORDER BY d.at, d.id LIMIT 1001
