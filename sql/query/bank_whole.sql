-- The payments on their way of a batch that a bank speaks of as one.
SELECT p.id, p.amount_fen FROM linli.payment p
WHERE p.office_id = $1::integer AND p.batch_id = $2::uuid AND p.state = 'sent'
ORDER BY p.batch_no
