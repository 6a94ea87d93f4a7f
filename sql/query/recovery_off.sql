UPDATE linli.recovery SET set_off_fen = set_off_fen + $3::bigint WHERE office_id = $1::integer AND id = $2::uuid
