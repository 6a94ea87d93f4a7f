SELECT p.bid_id, p.rule FROM linli.paper p WHERE p.office_id = $1::integer AND p.id = $2::uuid
