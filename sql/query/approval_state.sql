UPDATE linli.approval SET state = $3::text, due = NULL WHERE office_id = $1::integer AND id = $2::uuid
