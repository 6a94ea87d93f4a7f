-- The head of a batch says what its payments say: how many, how much, and where they stand.
SELECT x.office_id, format('batch %s/%s: %s payments of %s fen, its head says %s of %s', x.year, x.number, x.lines, x.fen, x.payments, x.total_fen) AS what
FROM (SELECT b.office_id, b.year, b.number, b.payments, b.total_fen, count(p.id) AS lines, coalesce(sum(p.amount_fen), 0) AS fen
      FROM linli.batch b LEFT JOIN linli.payment p ON p.office_id = b.office_id AND p.batch_id = b.id
      WHERE b.state <> 'refused' GROUP BY b.office_id, b.id) x
WHERE x.lines <> x.payments OR x.fen <> x.total_fen
UNION ALL
SELECT b.office_id, format('batch %s/%s is %s, its payment %s is %s', b.year, b.number, b.state, p.id, p.state)
FROM linli.batch b JOIN linli.payment p ON p.office_id = b.office_id AND p.batch_id = b.id
WHERE p.state <> ALL (CASE b.state WHEN 'made' THEN ARRAY['ordered'] WHEN 'checked' THEN ARRAY['ordered'] WHEN 'approved' THEN ARRAY['sent']
                                   WHEN 'unknown' THEN ARRAY['sent', 'settled', 'failed', 'returned']
                                   WHEN 'settled' THEN ARRAY['settled', 'failed', 'returned'] ELSE ARRAY[]::text[] END)
UNION ALL
SELECT b.office_id, format('batch %s/%s is %s, and no payment of it is on its way any more', b.year, b.number, b.state)
FROM linli.batch b
WHERE b.state = 'unknown' AND NOT EXISTS (SELECT FROM linli.payment p WHERE p.office_id = b.office_id AND p.batch_id = b.id AND p.state = 'sent')
UNION ALL
SELECT b.office_id, format('batch %s/%s is %s without having been given out', b.year, b.number, b.state)
FROM linli.batch b WHERE b.state IN ('unknown', 'settled') AND b.exported IS NULL
ORDER BY 1, 2 LIMIT 1000
