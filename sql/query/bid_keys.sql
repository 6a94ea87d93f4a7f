-- Keys and printed serials of the bids that count: 1..n in uuid order, once.
UPDATE linli.bid b SET key = k.key
FROM (SELECT c.id, row_number() OVER (ORDER BY c.id)::integer AS key FROM linli.bid c
      WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.lot_no = $3::integer
        AND c.withdrawn IS NULL AND c.replaced_by IS NULL) k
WHERE b.office_id = $1::integer AND b.id = k.id AND b.key IS NULL
