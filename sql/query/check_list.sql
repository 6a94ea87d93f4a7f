-- Findings about the bids of a lot, for those who may read its bids; about one's own always.
SELECT c.bid_id AS bid, b.number, c.rule, c.role, c.passed,
       CASE WHEN NOT linli.in_the_dark(l.office_id, l.id, $5::uuid) THEN c.reason END AS reason, c.at
FROM linli.lot l
JOIN linli.bid b ON b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no
JOIN linli.bid_check c ON c.office_id = b.office_id AND c.bid_id = b.id
WHERE l.office_id = $1::integer AND l.id = $2::uuid
  AND (linli.parties_of(b.office_id, b.id) && $4::uuid[] OR EXISTS (SELECT FROM unnest($3::text[]) r WHERE r <> 'evaluator' AND 'bids:' || r = ANY (l.sees))
       OR 'bids:evaluator' = ANY (l.sees) AND EXISTS (SELECT FROM linli.panel_member m WHERE m.office_id = l.office_id
              AND m.lot_id = l.id AND m.person_id = $5::uuid AND m.state = 'present' AND m.declared IS NOT NULL))
ORDER BY b.number, c.rule, c.at
