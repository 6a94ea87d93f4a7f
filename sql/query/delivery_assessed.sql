UPDATE linli.delivery SET score_micro = $3::bigint, grade = $4::smallint, factor_ppm = $5::bigint
WHERE office_id = $1::integer AND id = $2::uuid
