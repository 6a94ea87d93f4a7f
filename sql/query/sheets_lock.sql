UPDATE linli.sheet SET state = 'locked', locked = $3::timestamptz, blind_locked = coalesce(blind_locked, $3::timestamptz), version = version + 1
WHERE office_id = $1::integer AND id = ANY ($2::uuid[]) AND state = 'open'
