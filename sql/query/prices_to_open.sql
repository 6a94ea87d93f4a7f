-- Those of these bids ($4) of a lot that stand, with the envelopes their prices are in, by id.
SELECT b.id, b.price_sha256
FROM linli.bid b
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.id = ANY ($4::uuid[])
  AND b.withdrawn IS NULL AND b.replaced_by IS NULL AND b.state = 'open' AND b.price_sha256 IS NOT NULL
ORDER BY b.id
