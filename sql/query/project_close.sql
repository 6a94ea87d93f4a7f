UPDATE linli.project SET state = 'closed', changed = $3::timestamptz
WHERE office_id = $1::integer AND id = $2::uuid AND state <> 'closed'
RETURNING id
