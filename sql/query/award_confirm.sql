UPDATE linli.award SET confirmed = $3::timestamptz, confirmed_by = $4::uuid, version = version + 1
WHERE office_id = $1::integer AND lot_id = $2::uuid AND state = 'proposed' AND confirmed IS NULL
