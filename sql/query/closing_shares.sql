UPDATE linli.closing SET shares = $3::text WHERE office_id = $1::integer AND lot_id = $2::uuid AND shares IS NULL
