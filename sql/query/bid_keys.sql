-- Keys in uuid order and printed serials in order of arrival, of the bids that count; given once.  What was carried over has its serial.
UPDATE linli.bid b SET key = k.key, number = coalesce(b.number, k.number)
FROM (SELECT c.id, row_number() OVER (ORDER BY c.id)::integer AS key,
             row_number() OVER (ORDER BY c.received, c.id)::integer AS number
      FROM linli.bid c
      WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.lot_no = $3::integer
        AND c.withdrawn IS NULL AND c.replaced_by IS NULL) k
WHERE b.office_id = $1::integer AND b.id = k.id AND b.key IS NULL
