-- A new password ends every session and token there was, and every other link.
WITH s AS (DELETE FROM linli.session WHERE person_id = $1::uuid),
     t AS (UPDATE linli.token SET revoked = $3::timestamptz WHERE person_id = $1::uuid AND revoked IS NULL),
     k AS (UPDATE linli.login_link SET used = $3::timestamptz WHERE person_id = $1::uuid AND used IS NULL)
UPDATE linli.person SET password = $2::text, version = version + 1 WHERE id = $1::uuid AND NOT blocked
