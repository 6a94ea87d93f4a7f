UPDATE linli.bid SET state = $3::text, void_reason = $4::text, price_fen = $5::bigint
WHERE office_id = $1::integer AND id = $2::uuid
