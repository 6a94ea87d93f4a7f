-- Whether the order of the bids is another than before.
WITH place AS (
    SELECT d.id, d.at, jsonb_object_agg(i ->> 'bid', i -> 'rank') AS ranks
    FROM linli.decision d CROSS JOIN LATERAL jsonb_array_elements(d.answer::jsonb -> 'items') i
    WHERE d.office_id = $1::integer AND d.lot_id = $2::uuid AND d.question = 'evaluate'
    GROUP BY d.id, d.at)
UPDATE linli.review r SET state = 'done', done = $3::timestamptz,
    changed = (SELECT p.ranks FROM place p WHERE p.id = (r.before ->> 'evaluation')::uuid)
        IS DISTINCT FROM (SELECT p.ranks FROM place p ORDER BY p.at DESC, p.id DESC LIMIT 1)
WHERE r.office_id = $1::integer AND r.lot_id = $2::uuid AND r.state = 'approved'
RETURNING r.id, r.changed
