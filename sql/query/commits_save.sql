INSERT INTO linli.mark_commit (office_id, lot_id, member_id, bid_id, commitment, key, at)
SELECT $1::integer, $2::uuid, $3::uuid, n.bid, decode(n.commitment, 'hex'), decode($6::text, 'hex'), $7::timestamptz
FROM unnest($4::uuid[], $5::text[]) AS n(bid, commitment)
ON CONFLICT (office_id, member_id, bid_id) DO UPDATE SET commitment = excluded.commitment, key = excluded.key, at = excluded.at, revealed = NULL
