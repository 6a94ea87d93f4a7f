SELECT s.id, s.from_code, s.to_code, s.amount_fen, s.state FROM linli.budget_shift s
WHERE s.office_id = $1::integer AND s.contract_id = $2::uuid AND s.id = $3::uuid
