-- Who a bond of this bid is from; before the opening nobody learns whose.
SELECT b.organisation_id, l.budget_fen FROM linli.bid b
JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id AND t.opened IS NOT NULL
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.id = $3::uuid AND b.organisation_id IS NOT NULL
