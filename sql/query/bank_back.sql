-- What failed or came back, one by one.
SELECT e.payment_id, e.outcome, coalesce(e.reason, '银行退回') AS reason FROM linli.bank_entry e
WHERE e.office_id = $1::integer AND e.id = ANY ($2::uuid[]) AND e.fits AND e.outcome IN ('failed', 'returned')
ORDER BY e.no
