UPDATE linli.list_entry SET state = 'dropped', outcome = $3::text
WHERE office_id = $1::integer AND id = $2::uuid AND state IN ('planned', 'stopped')
RETURNING id
