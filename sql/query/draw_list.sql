-- Public draws of a lot: seed, witnesses and the order, so that anybody can draw again.
SELECT d.id, d.purpose, to_jsonb(d.keys) AS keys, d.seed, d.witnesses, d.at
FROM linli.draw d WHERE d.office_id = $1::integer AND d.lot_id = $2::uuid
ORDER BY d.at, d.id LIMIT 1000
