UPDATE linli.tranche SET accepted_fen = accepted_fen + $3::bigint, version = version + 1 WHERE office_id = $1::integer AND id = $2::uuid
