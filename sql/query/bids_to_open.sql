-- The bids of a lot that count, still closed.
SELECT b.id, b.organisation_id, b.sha256, b.bytes, f.sealed IS NOT NULL AS container, COALESCE(o.kind = 'filed', false) AS filed
FROM linli.bid b LEFT JOIN linli.organisation o ON o.id = b.organisation_id
LEFT JOIN linli.blob f ON f.sha256 = b.sha256
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
  AND b.withdrawn IS NULL AND b.replaced_by IS NULL AND b.state = 'sealed'
ORDER BY b.id
