-- A contract, and a promise of it where one is named.
SELECT c.state, c.amount_fen, c.organisation_id, (SELECT m.id FROM linli.promise m WHERE m.office_id = c.office_id AND m.contract_id = c.id AND m.id = $3::uuid) AS promise
FROM linli.contract c WHERE c.office_id = $1::integer AND c.id = $2::uuid
