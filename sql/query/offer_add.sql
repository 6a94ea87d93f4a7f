INSERT INTO linli.offer (office_id, bid_id, field, round, unit, value, at)
VALUES ($1::integer, $2::uuid, $3::text, $4::integer, $5::text, $6::bigint, $7::timestamptz)
