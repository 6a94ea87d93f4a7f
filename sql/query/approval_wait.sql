UPDATE linli.approval SET step = $3::integer, due = $4::timestamptz, escalated = NULL WHERE office_id = $1::integer AND id = $2::uuid
