-- The tranches of each award: those of the year in hand ($3; the last that was signed), each other open year as a whole, and
-- as long as another year may follow, that.
SELECT * FROM (
SELECT w.bid_id, t.code, t.state, t.amount_fen, t.released_fen, t.paid_fen, t.recovered_fen, t.accepted_fen, t.due_on
FROM linli.award w
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
 AND c.year_no = (SELECT least($3::integer, max(k.year_no)) FROM linli.contract k WHERE k.office_id = w.office_id AND k.award_id = w.id AND k.signed IS NOT NULL)
JOIN linli.tranche t ON t.office_id = c.office_id AND t.contract_id = c.id
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid
UNION ALL
SELECT w.bid_id, 'year_' || o.year_no, 'planned', o.amount_fen, 0, 0, 0, 0, o.ends
FROM linli.award w
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
 AND c.year_no = (SELECT least($3::integer, max(k.year_no)) FROM linli.contract k WHERE k.office_id = w.office_id AND k.award_id = w.id AND k.signed IS NOT NULL)
JOIN linli.contract o ON o.office_id = c.office_id AND o.award_id = c.award_id AND o.year_no <> c.year_no
 AND (o.state IN ('signed', 'suspended') OR o.state = 'draft' AND o.renews IS NOT NULL)
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid
UNION ALL
SELECT w.bid_id, 'next_year', 'planned', w.amount_fen, 0, 0, 0, 0, c.ends
FROM linli.award w
JOIN linli.tender x ON x.office_id = w.office_id AND x.id = w.tender_id AND x.years > 1
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id AND c.signed IS NOT NULL AND c.year_no < x.years
 AND NOT EXISTS (SELECT FROM linli.renewal r WHERE r.office_id = c.office_id AND r.contract_id = c.id)
 AND linli.year_found(c.office_id, c.id, $4::timestamptz) <> 'failed'
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid
) x ORDER BY x.bid_id, x.code COLLATE "C"
