-- What was asked back of a contract.
SELECT r.id, r.contract_id AS contract, r.amount_fen, r.recovered_fen, r.sets_off, r.set_off_fen, r.reason, r.state, r.due, r.overdue, r.proposed, r.decided, r.ended, r.note,
       r.version
FROM linli.recovery r JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid
  AND (r.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[]) AND r.state <> 'proposed')
ORDER BY r.proposed, r.id LIMIT 1001
