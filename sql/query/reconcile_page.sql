-- What one side has and the other has not: entries of the bank that fit nothing of ours; payments that were given to the bank and of
-- which it has said nothing, or that are settled in the ledger without an entry of the bank.
SELECT x.side, x.what, x.payment, x.bank_ref, x.amount_fen, x.day, x.id AS _c0
FROM (
    SELECT 'bank' AS side, e.unfit AS what,
           e.payment_id AS payment, e.bank_ref, e.amount_fen, coalesce(e.booked, (e.taken AT TIME ZONE 'Asia/Shanghai')::date) AS day, e.id
    FROM linli.bank_entry e
    WHERE e.office_id = $1::integer AND NOT e.fits AND e.unfit <> 'pending'   -- that says it is under way
      -- Two people have said since that it came back.
      AND NOT (e.outcome = 'returned' AND EXISTS (
          SELECT FROM linli.payment p WHERE p.office_id = e.office_id AND p.id = e.payment_id AND p.state = 'returned' AND p.back_second IS NOT NULL
             AND (e.unfit = 'second' OR p.back_ref = e.bank_ref)))
      -- Said rightly since or before, or told again by a later file.
      AND NOT EXISTS (SELECT FROM linli.bank_entry o
                      WHERE o.office_id = e.office_id AND o.bank_ref = e.bank_ref AND o.outcome = e.outcome
                        AND o.end_to_end IS NOT DISTINCT FROM e.end_to_end
                        AND (o.fits OR o.amount_fen = e.amount_fen AND o.booked IS NOT DISTINCT FROM e.booked
                                       AND o.bank_ref <> '-' AND o.file_id IS DISTINCT FROM e.file_id AND o.taken < e.taken))
    UNION ALL
    SELECT 'ledger', CASE p.state WHEN 'sent' THEN 'waiting' ELSE 'unseen' END, p.id, p.bank_ref, p.amount_fen,
           (coalesce(p.settled, p.sent) AT TIME ZONE 'Asia/Shanghai')::date, p.id
    FROM linli.payment p
    WHERE p.office_id = $1::integer AND p.state IN ('sent', 'settled')
      AND NOT EXISTS (SELECT FROM linli.bank_entry e WHERE e.office_id = p.office_id AND e.payment_id = p.id AND e.outcome = 'settled' AND e.fits)) x
WHERE ($2::uuid IS NULL OR x.id > $2::uuid)
ORDER BY x.id LIMIT $3::integer
