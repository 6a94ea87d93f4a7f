-- What is still to be taken off a tranche: what names it first, then what names none or one that could not bear it, the oldest first.
SELECT x.id, x.amount_fen - x.taken_fen AS left_fen FROM linli.deduction x
WHERE x.office_id = $1::integer AND x.contract_id = $2::uuid AND x.state = 'approved' AND x.taken_fen < x.amount_fen
  AND (x.tranche_id IS NULL OR x.tranche_id = $3::uuid
       OR EXISTS (SELECT FROM linli.tranche r WHERE r.office_id = x.office_id AND r.id = x.tranche_id AND r.state IN ('released', 'paid', 'stopped')))
ORDER BY x.tranche_id IS DISTINCT FROM $3::uuid, x.decided, x.id LIMIT 1000
