UPDATE linli.sheet SET blind_locked = NULL, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid
