-- A link works once.
UPDATE linli.login_link SET used = $2::timestamptz
WHERE hash = $1::bytea AND used IS NULL AND expires > $2::timestamptz
RETURNING person_id
