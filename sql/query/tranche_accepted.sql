UPDATE linli.tranche SET accepted_fen = accepted_fen + $3::bigint WHERE office_id = $1::integer AND id = $2::uuid
