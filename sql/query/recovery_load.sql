SELECT r.id, r.contract_id, r.amount_fen, r.recovered_fen, r.state, r.proposed_by, c.tender_id, t.appropriation_id
FROM linli.recovery r
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE r.office_id = $1::integer AND r.id = $2::uuid
