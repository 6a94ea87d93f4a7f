UPDATE linli.promise SET withdrawn = $3::timestamptz, withdrawn_by = $4::uuid, note = $5::text WHERE office_id = $1::integer AND id = $2::uuid
