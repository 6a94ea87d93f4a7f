INSERT INTO linli.explanation (office_id, bid_id, asked) VALUES ($1::integer, $2::uuid, $3::timestamptz)
ON CONFLICT (office_id, bid_id) DO NOTHING
