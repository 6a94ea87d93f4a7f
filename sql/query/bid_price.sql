-- The last quote.
UPDATE linli.bid SET price_fen = $3::bigint WHERE office_id = $1::integer AND id = $2::uuid
