UPDATE linli.sheet SET blind_locked = $3::timestamptz, version = version + 1
WHERE office_id = $1::integer AND id = ANY ($2::uuid[]) AND blind_locked IS NULL
