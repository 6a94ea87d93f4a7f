-- Papers of a bid: for its own people, and for those of the office, but for who is not to know yet whose bid it is.
SELECT p.id, p.rule, p.lacking, p.asked, p.due, p.given, p.body, p.finding, p.found, p.reason
FROM linli.paper p JOIN linli.bid b ON b.office_id = p.office_id AND b.id = p.bid_id
WHERE p.office_id = $1::integer AND p.bid_id = $2::uuid
  AND (p.office_id = ANY ($3::integer[]) AND NOT EXISTS (
           SELECT FROM linli.lot l WHERE l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
             AND linli.in_the_dark(l.office_id, l.id, $5::uuid))
       OR b.organisation_id = ANY ($4::uuid[]))
ORDER BY COALESCE(p.asked, p.given), p.id LIMIT 1001
