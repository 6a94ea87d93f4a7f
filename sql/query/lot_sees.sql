UPDATE linli.lot SET sees = $3::text[] WHERE office_id = $1::integer AND id = $2::uuid
