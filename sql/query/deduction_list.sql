-- What is taken off the payments of a contract; its contractor sees what was approved.
SELECT x.id, x.contract_id AS contract, x.tranche_id AS tranche, x.ground, x.rate_ppm, x.days, x.amount_fen, x.taken_fen, x.reason, x.state, x.proposed,
       x.decided, x.note
FROM linli.deduction x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
WHERE x.office_id = $1::integer AND x.contract_id = $2::uuid
  AND (x.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[]) AND x.state = 'approved')
ORDER BY x.proposed, x.id LIMIT 1001
