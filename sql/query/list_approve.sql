UPDATE linli.list SET state = 'approved', approved_by = $3::uuid WHERE office_id = $1::integer AND id = $2::uuid
