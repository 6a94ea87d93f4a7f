UPDATE linli.bid SET withdrawn = $3::timestamptz, state = 'withdrawn' WHERE office_id = $1::integer AND id = $2::uuid
