-- The bids of a lot that count, and those that counted at opening, in the order of their keys.
SELECT b.id, b.organisation_id, b.key, b.number, b.received, b.state, b.price_fen, b.withdrawn,
       dense_rank() OVER (ORDER BY COALESCE(b.organisation_id, b.id)) AS bidder
FROM linli.bid b
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
  AND (b.key IS NOT NULL OR (b.withdrawn IS NULL AND b.replaced_by IS NULL))
ORDER BY b.id
