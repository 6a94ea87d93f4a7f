UPDATE linli.membership SET valid_until = greatest($3::date, valid_from)
WHERE office_id = $1::integer AND id = $2::uuid RETURNING id
