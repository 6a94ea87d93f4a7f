UPDATE linli.registration SET state = 'checked', checked = $3::timestamptz, checked_by = $4::uuid
WHERE office_id = $1::integer AND id = $2::uuid
