-- What came back of what was asked.
SELECT x.id, x.recovery_id AS recovery, x.amount_fen, x.state, x.entered, x.decided
FROM linli.receipt x
JOIN linli.recovery r ON r.office_id = x.office_id AND r.id = x.recovery_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
WHERE x.office_id = $1::integer AND x.recovery_id = $2::uuid
  AND (r.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[]))
ORDER BY x.entered, x.id LIMIT 1001
