UPDATE linli.payment SET back_second = $3::uuid WHERE office_id = $1::integer AND id = $2::uuid
