SELECT coalesce(max(p.amount_fen), 0) AS most_fen FROM linli.payment p WHERE p.office_id = $1::integer AND p.batch_id = $2::uuid
