-- The payments it settles.
UPDATE linli.payment p SET state = 'settled', bank_ref = e.bank_ref, settled = $3::timestamptz, version = p.version + 1
FROM linli.bank_entry e
WHERE e.office_id = $1::integer AND e.id = ANY ($2::uuid[]) AND e.fits AND e.outcome = 'settled'
  AND p.office_id = e.office_id AND p.id = e.payment_id AND p.state = 'sent'
RETURNING p.id
