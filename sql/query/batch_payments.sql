-- The payments of a batch, for those who work with it.
SELECT p.id, p.batch_no AS no, p.amount_fen, p.state, p.payee, p.payee_account, p.payee_bank, p.payee_bank_code, c.number AS contract,
       t.title, r.name AS tranche_name, p.bank_ref, p.reason, p.batch_no AS _c0
FROM linli.payment p
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE p.office_id = $1::integer AND p.batch_id = $2::uuid AND ($3::integer IS NULL OR p.batch_no > $3::integer)
  AND ($5::text IS NULL OR p.state = $5::text)
ORDER BY p.batch_no LIMIT $4::integer
