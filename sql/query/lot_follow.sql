UPDATE linli.lot SET follows = $4::uuid WHERE office_id = $1::integer AND tender_id = $2::uuid AND no = $3::integer
