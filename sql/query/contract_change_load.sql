SELECT x.id, x.no, x.kind, x.reason, x.amount_fen, x.ends, x.terms, x.organisation_id, x.ground, x.consequence, x.tranches, x.state, x.proposed_by, x.agreed_by
FROM linli.contract_change x WHERE x.office_id = $1::integer AND x.contract_id = $2::uuid AND x.id = $3::uuid
