-- It is tried again, and is the problem of who asked for it.
UPDATE linli.due SET tries = 0, retry = NULL, owner_id = $3::uuid
WHERE office_id = $1::integer AND id = $2::uuid AND done IS NULL AND tries >= 5
