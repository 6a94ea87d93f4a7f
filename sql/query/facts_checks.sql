-- Findings about the bids of a lot; those of a panel member who left are void (87:49).
SELECT c.bid_id, c.rule, c.role, c.passed, dense_rank() OVER (ORDER BY c.person_id) AS by
FROM linli.bid b JOIN linli.bid_check c ON c.office_id = b.office_id AND c.bid_id = b.id
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
  AND NOT (c.role = 'evaluator' AND EXISTS (
      SELECT 1 FROM linli.lot l JOIN linli.panel_member p ON p.office_id = l.office_id AND p.lot_id = l.id
      WHERE l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
        AND p.person_id = c.person_id AND p.state IN ('excused', 'replaced')))
ORDER BY c.bid_id, c.rule COLLATE "C", by
