UPDATE linli.service SET served = $3::timestamptz, reference = coalesce($4::text, reference), note = coalesce($5::text, note), served_entered = $6::timestamptz,
       served_by = $7::uuid
WHERE office_id = $1::integer AND id = $2::uuid AND served IS NULL
