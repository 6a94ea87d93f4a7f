-- The bids of a lot that count, still closed, and the key that each bidder kept, where it was shown.
SELECT b.id, b.co_key FROM linli.bid b
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
  AND b.withdrawn IS NULL AND b.replaced_by IS NULL AND b.state = 'sealed'
ORDER BY b.id
