UPDATE linli.deadline SET met = $4::timestamptz
WHERE office_id = $1::integer AND lot_id = $2::uuid AND until = $3::text AND met IS NULL
