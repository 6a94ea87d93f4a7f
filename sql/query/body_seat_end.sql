UPDATE linli.body_member SET valid_until = $4::date
WHERE office_id = $1::integer AND body_id = $2::uuid AND id = $3::uuid AND valid_from <= $4::date
RETURNING id
