-- Bids of a lot whom as many of its panel have voted on as it takes, and of which no minutes are signed yet.
SELECT c.bid_id
FROM linli.bid b
JOIN linli.bid_check c ON c.office_id = b.office_id AND c.bid_id = b.id AND c.role = 'evaluator'
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $4::integer AND b.withdrawn IS NULL
  AND NOT EXISTS (SELECT FROM linli.milestone m WHERE m.office_id = b.office_id AND m.tender_id = b.tender_id
                  AND m.lot_id = $3::uuid AND m.kind = 'reported' AND m.bid_id = b.id)
GROUP BY c.bid_id
HAVING count(*) >= $5::integer
ORDER BY c.bid_id
