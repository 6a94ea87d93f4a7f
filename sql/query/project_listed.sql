UPDATE linli.project SET state = 'listed', changed = $3::timestamptz
WHERE office_id = $1::integer AND id = $2::uuid AND state = 'stored'
