-- A container, for who opens it: of a closed lot, or a price that is listed to be opened.
SELECT b.sha256, b.bytes FROM linli.closing c
JOIN linli.lot l ON l.office_id = c.office_id AND l.id = c.lot_id
JOIN linli.bid b ON b.office_id = c.office_id AND b.tender_id = c.tender_id AND b.lot_no = l.no
JOIN linli.blob f ON f.sha256 = b.sha256 AND f.sealed IS NOT NULL
WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.envelope = 1 AND b.sha256 = decode($3::text, 'hex')
  AND EXISTS (SELECT FROM linli.opener_set s WHERE s.office_id = c.office_id AND s.tender_id = c.tender_id)
UNION ALL
SELECT b.price_sha256, f.bytes FROM linli.closing c
JOIN linli.event_queue e ON e.office_id = c.office_id AND e.id = c.event_id
JOIN LATERAL jsonb_array_elements(e.payload::jsonb -> 'prices') p ON true
JOIN linli.bid b ON b.office_id = c.office_id AND b.id = (p ->> 'bid')::uuid
JOIN linli.blob f ON f.sha256 = b.price_sha256
WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.envelope = 2 AND b.price_sha256 = decode($3::text, 'hex')
LIMIT 1
