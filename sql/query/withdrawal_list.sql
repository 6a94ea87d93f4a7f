-- What was let out of a tranche and taken back; its contractor sees what was approved.
SELECT x.id, x.tranche_id AS tranche, x.amount_fen, x.reason, x.state, x.proposed, x.decided, x.note
FROM linli.withdrawal x
JOIN linli.tranche r ON r.office_id = x.office_id AND r.id = x.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
WHERE x.office_id = $1::integer AND x.tranche_id = $2::uuid
  AND (x.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[]) AND x.state = 'approved')
ORDER BY x.proposed, x.id LIMIT 1001
