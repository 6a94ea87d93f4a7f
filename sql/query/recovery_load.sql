SELECT r.id, r.contract_id, r.amount_fen, r.recovered_fen, r.state, r.proposed_by, c.tender_id, c.organisation_id
FROM linli.recovery r
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
WHERE r.office_id = $1::integer AND r.id = $2::uuid
