-- What it said, entry by entry.  One fits where a payment of a batch of ours waits for exactly that: sent and settled or failed, or
-- settled in this very file or before and come back; each once.
INSERT INTO linli.bank_entry (office_id, id, file_id, no, bank_ref, end_to_end, payment_id, outcome, amount_fen, booked, reason, fits, taken, taken_by)
SELECT $1::integer, e.id, $2::uuid, e.no, e.ref, e.reference, p.id, e.outcome, CASE e.fen WHEN 0 THEN coalesce(p.amount_fen, 0) ELSE e.fen END,
       nullif(e.booked, '')::date, e.reason,
       p.id IS NOT NULL AND p.batch_id IS NOT NULL AND (e.fen = 0 OR e.fen = p.amount_fen)
       AND row_number() OVER (PARTITION BY e.payment, e.outcome = 'settled', e.outcome = 'failed', e.outcome = 'returned' ORDER BY e.no) = 1
       AND CASE e.outcome WHEN 'settled' THEN p.state = 'sent' AND c.holder = p.id::text
                          WHEN 'failed' THEN p.state = 'sent' AND count(*) FILTER (WHERE e.outcome = 'settled') OVER (PARTITION BY e.payment) = 0
                          WHEN 'returned' THEN p.state IN ('sent', 'settled') ELSE false END,
       $11::timestamptz, $12::uuid
FROM unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::bigint[], $9::text[], $10::text[]) WITH ORDINALITY
     AS e(id, ref, reference, payment, outcome, fen, booked, reason, no)
LEFT JOIN linli.payment p ON p.office_id = $1::integer AND p.id = e.payment
LEFT JOIN linli.claim c ON c.kind = 'bank_ref' AND c.value = e.ref
ON CONFLICT DO NOTHING
RETURNING id, fits
