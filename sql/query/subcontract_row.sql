-- One subcontract, for the answer of an act on it.
SELECT x.id, x.contract_id AS contract, x.organisation_id AS organisation, x.name, x.work, x.amount_fen, x.state, x.proposed, x.decided, x.note,
       c.version AS _version
FROM linli.subcontract x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
