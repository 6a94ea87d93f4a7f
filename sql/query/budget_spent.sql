UPDATE linli.budget_line SET spent_fen = $4::bigint, settled = settled AND spent_fen = $4::bigint
WHERE office_id = $1::integer AND contract_id = $2::uuid AND code = $3::text RETURNING code
