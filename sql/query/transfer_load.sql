SELECT x.id, x.kind, x.state, x.proposed_by, x.to_id, x.contract_id, x.tender_id, x.amount_fen, x.last_request
FROM linli.transfer x WHERE x.office_id = $1::integer AND x.appropriation_id = $2::uuid AND x.id = $3::uuid
