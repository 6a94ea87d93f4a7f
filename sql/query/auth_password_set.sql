-- A new password ends every session.
WITH s AS (DELETE FROM linli.session WHERE person_id = $1::uuid)
UPDATE linli.person SET password = $2::text, version = version + 1 WHERE id = $1::uuid AND NOT blocked
