UPDATE linli.budget_line SET moved_fen = moved_fen + CASE code WHEN $4::text THEN $5::bigint ELSE -$5::bigint END, settled = false
WHERE office_id = $1::integer AND contract_id = $2::uuid AND code IN ($3::text, $4::text)
