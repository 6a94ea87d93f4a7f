-- What is taken off a contract, for the answer of an act on it.
SELECT x.id, x.contract_id AS contract, x.tranche_id AS tranche, x.ground, x.rate_ppm, x.days, x.amount_fen, x.taken_fen, x.reason, x.state, x.proposed,
       x.decided, x.note, c.version AS _version
FROM linli.deduction x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
