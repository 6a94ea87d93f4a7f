SELECT b.id, e.asked, e.answered, e.body, e.accepted, e.reason
FROM linli.bid b LEFT JOIN linli.explanation e ON e.office_id = b.office_id AND e.bid_id = b.id
WHERE b.office_id = $1::integer AND b.id = $2::uuid
