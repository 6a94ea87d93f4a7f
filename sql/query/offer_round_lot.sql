-- The last round any bid of a lot made an offer in before a moment.
SELECT COALESCE(max(o.round), 0) AS round
FROM linli.bid b JOIN linli.offer o ON o.office_id = b.office_id AND o.bid_id = b.id
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND o.at < $4::timestamptz
