UPDATE linli.tranche SET paid_fen = paid_fen + $3::bigint, state = 'paid', version = version + 1 WHERE office_id = $1::integer AND id = $2::uuid
