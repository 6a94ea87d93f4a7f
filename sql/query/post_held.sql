SELECT EXISTS (SELECT FROM linli.post_holder h WHERE h.office_id = $1::integer AND h.post_id = $2::uuid AND h.person_id = $3::uuid
               AND h.valid_from <= $4::date AND (h.valid_until IS NULL OR h.valid_until >= $4::date)) AS held
