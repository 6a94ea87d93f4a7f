-- Papers about bids, evidence for tranches with what was found and thought of it, and the panel's report.
SELECT d.paper AS rule, t.code AS tranche, w.bid_id, d.finding, d.finding_role, d.reported AS at, NULL::timestamptz AS due
FROM linli.award w
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
 AND c.year_no = (SELECT least($3::integer, max(k.year_no)) FROM linli.contract k WHERE k.office_id = w.office_id AND k.award_id = w.id AND k.signed IS NOT NULL)
JOIN linli.tranche t ON t.office_id = c.office_id AND t.contract_id = c.id
JOIN linli.delivery d ON d.office_id = t.office_id AND d.tranche_id = t.id
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid
UNION ALL
SELECT d.paper, t.code, w.bid_id, o.finding, 'resident', o.at, NULL
FROM linli.award w
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
 AND c.year_no = (SELECT least($3::integer, max(k.year_no)) FROM linli.contract k WHERE k.office_id = w.office_id AND k.award_id = w.id AND k.signed IS NOT NULL)
JOIN linli.tranche t ON t.office_id = c.office_id AND t.contract_id = c.id
JOIN linli.delivery d ON d.office_id = t.office_id AND d.tranche_id = t.id
JOIN linli.opinion o ON o.office_id = d.office_id AND o.delivery_id = d.id
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid
UNION ALL
SELECT p.rule, NULL, p.bid_id, p.finding, p.finding_role, p.given, p.due
FROM linli.paper p WHERE p.office_id = $1::integer AND p.lot_id = $2::uuid
UNION ALL
SELECT 'evaluation_report', NULL, NULL, 'accepted', 'evaluator', r.at, NULL
FROM linli.panel_report r WHERE r.office_id = $1::integer AND r.lot_id = $2::uuid AND r.void IS NULL
ORDER BY 1, 3 NULLS FIRST, 6
