-- Awards of a lot: all for the office and those who watch; what is announced for organisations.
SELECT w.id, w.bid_id AS bid, b.number, o.name AS organisation, b.content ->> 'title' AS title, w.standing, w.place, w.amount_fen,
       w.state, w.decided, w.confirmed, w.announced, w.reason, w.why,
       (SELECT c.id FROM linli.contract c WHERE c.office_id = w.office_id AND c.award_id = w.id ORDER BY c.year_no DESC LIMIT 1) AS contract, w.version
FROM linli.award w
JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
LEFT JOIN linli.organisation o ON o.id = b.organisation_id
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid
  AND (w.office_id = ANY ($3::integer[]) OR w.announced IS NOT NULL)
ORDER BY w.place, w.id
LIMIT 1001
