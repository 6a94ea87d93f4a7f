UPDATE linli.support SET withdrawn = $4::timestamptz
WHERE office_id = $1::integer AND bid_id = $2::uuid AND person_id = $3::uuid AND withdrawn IS NULL
