-- The vouchers of a tranche, for the office, those who watch it, and the organisation whose contract it is.
SELECT v.id, v.kind, v.number, v.seller, v.seller_uscc, v.reimburses, v.amount_fen, v.issued, v.received, v.pay_by, v.red_number, v.reversed, v.reason
FROM linli.voucher v
JOIN linli.tranche r ON r.office_id = v.office_id AND r.id = v.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
WHERE v.office_id = $1::integer AND v.tranche_id = $2::uuid
  AND (v.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[]))
ORDER BY v.received, v.id LIMIT 1001
