-- A payment as those see it who work with it: to whom, on which account, by whom.
SELECT p.id, p.tranche_id AS tranche, c.number AS contract, t.title, p.amount_fen, p.state, p.payee_id, p.payee, p.payee_bank, p.payee_bank_code,
       p.payee_account, m.name AS maker, k.name AS checker, s.name AS second, p.ordered, p.approved, p.seconded, p.sent, p.settled, p.bank_ref,
       p.back_ref, b.name AS back_by, x.name AS back_second, p.reason, p.pay_by, p.batch_id AS batch, p.version AS _version
FROM linli.payment p
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
JOIN linli.person m ON m.id = p.maker
LEFT JOIN linli.person k ON k.id = p.checker
LEFT JOIN linli.person s ON s.id = p.second
LEFT JOIN linli.person b ON b.id = p.back_by
LEFT JOIN linli.person x ON x.id = p.back_second
WHERE p.office_id = $1::integer AND p.id = $2::uuid AND p.office_id = ANY ($3::integer[])
