-- The last quotes of the open bids of a lot become their prices.
UPDATE linli.bid b SET price_fen = (SELECT o.value FROM linli.offer o WHERE o.office_id = b.office_id AND o.bid_id = b.id
                                    AND o.field = $4::text ORDER BY o.round DESC LIMIT 1)
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.state = 'open'
  AND EXISTS (SELECT FROM linli.offer o WHERE o.office_id = b.office_id AND o.bid_id = b.id AND o.field = $4::text)
