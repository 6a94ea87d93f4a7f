-- What was taken in until the deadline, for who opens it: nothing where nobody is named who does, nor before the lot is closed.  Of two envelopes, those of the prices that
-- are to be opened as well, once they are closed.
SELECT l.no AS lot, 'bid' AS envelope, encode(b.sha256, 'hex') AS sha256, b.bytes, f.sealed IS NOT NULL AS sealed
FROM linli.closing c
JOIN linli.lot l ON l.office_id = c.office_id AND l.id = c.lot_id
JOIN linli.bid b ON b.office_id = c.office_id AND b.tender_id = c.tender_id AND b.lot_no = l.no
JOIN linli.blob f ON f.sha256 = b.sha256
WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.office_id = ANY ($3::integer[]) AND c.envelope = 1
  AND b.withdrawn IS NULL AND b.replaced_by IS NULL
  AND EXISTS (SELECT FROM linli.opener_set s WHERE s.office_id = c.office_id AND s.tender_id = c.tender_id)
UNION ALL
SELECT l.no, 'price', encode(b.price_sha256, 'hex'), f.bytes, true
FROM linli.closing c
JOIN linli.lot l ON l.office_id = c.office_id AND l.id = c.lot_id
JOIN linli.event_queue e ON e.office_id = c.office_id AND e.id = c.event_id
JOIN LATERAL jsonb_array_elements(e.payload::jsonb -> 'prices') p ON true
JOIN linli.bid b ON b.office_id = c.office_id AND b.id = (p ->> 'bid')::uuid
JOIN linli.blob f ON f.sha256 = b.price_sha256
WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.office_id = ANY ($3::integer[]) AND c.envelope = 2
ORDER BY 1, 2, 3
