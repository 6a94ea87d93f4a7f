-- The payments of a batch, as they go into its file.
SELECT p.id, p.batch_no AS no, p.amount_fen, p.state, p.payee, p.payee_account, p.payee_bank, p.payee_bank_code, c.number AS contract,
       t.title, r.name AS tranche_name, p.bank_ref, p.reason
FROM linli.payment p
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE p.office_id = $1::integer AND p.batch_id = $2::uuid
ORDER BY p.batch_no
