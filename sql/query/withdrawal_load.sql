SELECT x.id, x.state, x.proposed_by, x.amount_fen FROM linli.withdrawal x
WHERE x.office_id = $1::integer AND x.tranche_id = $2::uuid AND x.id = $3::uuid
