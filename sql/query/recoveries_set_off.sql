-- Demands that are taken off the next tranche, less what was entered as come back and waits for its confirmation.
SELECT r.id, r.amount_fen - r.recovered_fen - x.entered_fen AS left_fen
FROM linli.recovery r
JOIN LATERAL (SELECT coalesce(sum(amount_fen), 0)::bigint AS entered_fen FROM linli.receipt
              WHERE office_id = r.office_id AND recovery_id = r.id AND state = 'entered') x ON true
WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid AND r.state = 'demanded' AND r.sets_off
  AND r.amount_fen - r.recovered_fen > x.entered_fen
ORDER BY r.decided, r.id LIMIT 1000
