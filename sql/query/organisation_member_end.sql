UPDATE linli.membership SET valid_until = greatest($3::date, valid_from - 1)
WHERE organisation_id = $1::uuid AND person_id = $2::uuid AND (valid_until IS NULL OR valid_until > $3::date) RETURNING id
