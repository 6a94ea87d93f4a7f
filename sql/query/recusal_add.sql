INSERT INTO linli.recusal (office_id, member_id, bid_id, reason, at)
SELECT $1::integer, $2::uuid, n.bid, $4::text, $5::timestamptz FROM unnest($3::uuid[]) AS n(bid)
ON CONFLICT DO NOTHING
