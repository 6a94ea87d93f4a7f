-- Batches none of whose payments is on its way any more.
UPDATE linli.batch b SET state = 'settled', settled = $2::timestamptz
WHERE b.office_id = $1::integer AND b.state = 'unknown'
  AND NOT EXISTS (SELECT FROM linli.payment p WHERE p.office_id = b.office_id AND p.batch_id = b.id AND p.state = 'sent')
