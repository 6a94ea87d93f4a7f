-- What an organisation is told of its own bid once the result is announced: score, rank, parts and reasons.
SELECT b.id AS bid, b.number, b.state, b.void_reason, b.not_admitted, i.item AS result,
       (SELECT w.standing FROM linli.award w WHERE w.office_id = b.office_id AND w.bid_id = b.id AND w.announced IS NOT NULL
        ORDER BY w.decided DESC LIMIT 1) AS standing
FROM linli.lot l
JOIN linli.bid b ON b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no
LEFT JOIN LATERAL (
    SELECT x.answer::jsonb AS answer FROM linli.decision x
    WHERE x.office_id = l.office_id AND x.tender_id = l.tender_id AND x.lot_id = l.id AND x.question = 'evaluate'
    ORDER BY x.at DESC, x.id DESC LIMIT 1) d ON true
LEFT JOIN LATERAL jsonb_array_elements(d.answer -> 'items') AS i (item) ON (i.item ->> 'bid')::bigint = b.key
WHERE l.office_id = $1::integer AND l.id = $2::uuid AND (b.office_id, b.id) IN (SELECT m.office_id, m.bid_id FROM linli.bids_of($3::uuid[]) m) AND b.key IS NOT NULL
  AND EXISTS (SELECT 1 FROM linli.milestone m WHERE m.office_id = l.office_id AND m.tender_id = l.tender_id
              AND m.lot_id = l.id AND m.kind = 'announced')
