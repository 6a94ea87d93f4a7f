-- Papers of a bid: for its own people, and for those of the office.
SELECT p.id, p.rule, p.lacking, p.asked, p.due, p.given, p.body, p.finding, p.found, p.reason
FROM linli.paper p JOIN linli.bid b ON b.office_id = p.office_id AND b.id = p.bid_id
WHERE p.office_id = $1::integer AND p.bid_id = $2::uuid
  AND (p.office_id = ANY ($3::integer[]) OR b.organisation_id = ANY ($4::uuid[]))
ORDER BY COALESCE(p.asked, p.given), p.id LIMIT 1000
