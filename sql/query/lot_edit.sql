UPDATE linli.lot SET title = $3::text, budget_fen = $4::bigint, ceiling_fen = $5::bigint, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid
