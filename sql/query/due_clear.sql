UPDATE linli.due SET done = $4::timestamptz, failed = 'cleared'
WHERE office_id = $1::integer AND subject = $2::uuid AND act = $3::text AND done IS NULL
