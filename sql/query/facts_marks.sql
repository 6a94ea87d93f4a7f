-- Marks of the panel, once every sheet is locked; what assessors gave a delivery.
SELECT s.bid_id, m.criterion, NULL::text AS tranche, p.no::bigint AS by, m.value
FROM linli.sheet s
JOIN linli.mark m ON m.office_id = s.office_id AND m.sheet_id = s.id
JOIN linli.panel_member p ON p.office_id = s.office_id AND p.id = s.member_id
WHERE s.office_id = $1::integer AND s.lot_id = $2::uuid AND p.state = 'present'
  AND NOT EXISTS (SELECT FROM linli.sheet o JOIN linli.panel_member q ON q.office_id = o.office_id AND q.id = o.member_id
                  WHERE o.office_id = $1::integer AND o.lot_id = $2::uuid AND o.state = 'open' AND q.state = 'present')
UNION ALL
SELECT w.bid_id, 'delivery', t.code, 1000000 + dense_rank() OVER (ORDER BY d.found_by, d.id), d.score_micro
FROM linli.award w
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
 AND c.year_no = (SELECT least($3::integer, max(k.year_no)) FROM linli.contract k WHERE k.office_id = w.office_id AND k.award_id = w.id AND k.signed IS NOT NULL)
JOIN linli.tranche t ON t.office_id = c.office_id AND t.contract_id = c.id
JOIN linli.delivery d ON d.office_id = t.office_id AND d.tranche_id = t.id
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid AND d.score_micro IS NOT NULL
  AND (d.grade IS NULL OR NOT EXISTS (SELECT FROM linli.delivery n WHERE n.office_id = d.office_id AND n.tranche_id = d.tranche_id
                                      AND n.grade IS NOT NULL AND (n.found, n.id) > (d.found, d.id)))
UNION ALL
-- The last evaluation by indicators counts for all that were found before it.
SELECT * FROM (
    SELECT DISTINCT ON (t.id) w.bid_id, 'factor', t.code, 1000000::bigint, d.factor_ppm
    FROM linli.award w
    JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
     AND c.year_no = (SELECT least($3::integer, max(k.year_no)) FROM linli.contract k WHERE k.office_id = w.office_id AND k.award_id = w.id AND k.signed IS NOT NULL)
    JOIN linli.tranche t ON t.office_id = c.office_id AND t.contract_id = c.id
    JOIN linli.delivery d ON d.office_id = t.office_id AND d.tranche_id = t.id
    WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid AND d.factor_ppm IS NOT NULL
    ORDER BY t.id, d.found DESC, d.id DESC) f
ORDER BY 1, 2, 4
