-- The bids of a lot whose prices were closed to be opened, by id.
SELECT b.id, b.organisation_id, b.price_sha256, f.bytes
FROM linli.closing c
JOIN linli.event_queue e ON e.office_id = c.office_id AND e.id = c.event_id
JOIN LATERAL jsonb_array_elements(e.payload::jsonb -> 'prices') p ON true
JOIN linli.bid b ON b.office_id = c.office_id AND b.id = (p ->> 'bid')::uuid
JOIN linli.blob f ON f.sha256 = b.price_sha256
WHERE c.office_id = $1::integer AND c.lot_id = $2::uuid AND c.envelope = 2
ORDER BY b.id
