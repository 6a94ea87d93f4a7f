UPDATE linli.award SET announced = $3::timestamptz, state = 'announced', version = version + 1
WHERE office_id = $1::integer AND lot_id = $2::uuid AND state = 'proposed'
