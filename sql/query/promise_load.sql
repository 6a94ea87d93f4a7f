-- A contract, and a promise of it where one is named.
SELECT c.state, c.amount_fen, c.organisation_id, m.id AS promise, m.recorded_by, m.withdrawn,
       EXISTS (SELECT FROM linli.evidence e WHERE e.office_id = m.office_id AND e.promise_id = m.id AND e.state = 'entered') AS waits
FROM linli.contract c LEFT JOIN linli.promise m ON m.office_id = c.office_id AND m.contract_id = c.id AND m.id = $3::uuid
WHERE c.office_id = $1::integer AND c.id = $2::uuid
