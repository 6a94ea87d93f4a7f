UPDATE linli.deduction SET taken_fen = taken_fen + $3::bigint WHERE office_id = $1::integer AND id = $2::uuid
