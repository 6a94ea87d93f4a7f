UPDATE linli.tender SET opened = $3::timestamptz, answers_until = $4::timestamptz WHERE office_id = $1::integer AND id = $2::uuid AND opened IS NULL
