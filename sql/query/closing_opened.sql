UPDATE linli.closing SET opened = $3::timestamptz WHERE office_id = $1::integer AND lot_id = $2::uuid AND envelope = 2
