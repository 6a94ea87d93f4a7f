SELECT p.id, p.bid_id AS bid, p.rule, p.lacking, p.asked, p.due, p.given, p.body, p.finding, p.found, p.reason, p.version AS _version
FROM linli.paper p WHERE p.office_id = $1::integer AND p.id = $2::uuid
