-- What is still to be done about each that was paid, and whether it was the last of its contract.
SELECT p.id, p.tranche_id, p.amount_fen, r.contract_id, t.id AS tender_id, w.lot_id, w.bid_id,
       NOT EXISTS (SELECT FROM linli.tranche o WHERE o.office_id = r.office_id AND o.contract_id = r.contract_id
                   AND o.state NOT IN ('paid', 'stopped')) AS last
FROM linli.payment p
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE p.office_id = $1::integer AND p.id = ANY ($2::uuid[])
ORDER BY r.contract_id, p.id
