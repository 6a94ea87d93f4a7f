-- A quote; a later one of the same round takes its place.
INSERT INTO linli.offer (office_id, bid_id, field, round, unit, value, at)
VALUES ($1::integer, $2::uuid, $3::text, $4::integer, $5::text, $6::bigint, $7::timestamptz)
ON CONFLICT (office_id, bid_id, field, round) DO UPDATE SET value = EXCLUDED.value, at = EXCLUDED.at
