-- Its payments go out, signed by those who checked the batch; what the ledger needs to know of each.
UPDATE linli.payment p SET state = 'sent', checker = b.checker, approved = b.approved, second = b.second, seconded = b.seconded, sent = $3::timestamptz,
       version = p.version + 1
FROM linli.batch b, linli.tranche r, linli.contract c
WHERE p.office_id = $1::integer AND p.batch_id = $2::uuid AND p.state = 'ordered' AND b.office_id = p.office_id AND b.id = p.batch_id
  AND r.office_id = p.office_id AND r.id = p.tranche_id AND c.office_id = r.office_id AND c.id = r.contract_id
RETURNING p.id, p.amount_fen, r.contract_id
