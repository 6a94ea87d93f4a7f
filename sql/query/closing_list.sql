-- What was taken in until the deadline, for who opens it; nothing before the lot is closed.
SELECT l.no AS lot, encode(b.sha256, 'hex') AS sha256, b.bytes, f.sealed IS NOT NULL AS sealed
FROM linli.closing c
JOIN linli.lot l ON l.office_id = c.office_id AND l.id = c.lot_id
JOIN linli.bid b ON b.office_id = c.office_id AND b.tender_id = c.tender_id AND b.lot_no = l.no
JOIN linli.blob f ON f.sha256 = b.sha256
WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.office_id = ANY ($3::integer[])
  AND b.withdrawn IS NULL AND b.replaced_by IS NULL
ORDER BY l.no, b.sha256
