SELECT x.id, x.state, x.proposed_by FROM linli.subcontract x
WHERE x.office_id = $1::integer AND x.contract_id = $2::uuid AND x.id = $3::uuid
