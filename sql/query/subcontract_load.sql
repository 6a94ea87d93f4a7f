SELECT x.id, x.state, x.proposed_by, c.organisation_id
FROM linli.subcontract x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
WHERE x.office_id = $1::integer AND x.contract_id = $2::uuid AND x.id = $3::uuid
