-- Who does part of the work.
SELECT x.id, x.contract_id AS contract, x.organisation_id AS organisation, x.name, x.work, x.amount_fen, x.state, x.proposed, x.decided, x.note
FROM linli.subcontract x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
WHERE x.office_id = $1::integer AND x.contract_id = $2::uuid
  AND (x.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[]))
ORDER BY x.proposed, x.id LIMIT 1001
