INSERT INTO linli.paper (office_id, id, lot_id, bid_id, rule, given, given_by, body)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::timestamptz, $7::uuid, $8::text)
