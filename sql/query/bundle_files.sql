-- The files that were handed in and count, for a level ($3; $4 the party); what was never opened is nobody else's to read.
SELECT DISTINCT encode(b.sha256, 'hex') AS sha256, f.sealed IS NOT NULL AS container, b.bytes
FROM linli.bid b JOIN linli.blob f ON f.sha256 = b.sha256
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.state <> 'withdrawn' AND b.replaced_by IS NULL
  AND ($3::text = 'supervisor' AND (b.key IS NOT NULL OR b.state = 'open') OR $3::text = 'party' AND b.organisation_id = $4::uuid)
ORDER BY 1
