UPDATE linli.closing SET shares = $4::text
WHERE office_id = $1::integer AND lot_id = $2::uuid AND envelope = $3::integer AND shares IS NULL
