-- Whoever is blocked comes back with a password, and not with what was made before.
WITH s AS (DELETE FROM linli.session WHERE person_id = $1::uuid AND $2::boolean),
     t AS (UPDATE linli.token SET revoked = $3::timestamptz WHERE person_id = $1::uuid AND revoked IS NULL AND $2::boolean),
     k AS (UPDATE linli.login_link SET used = $3::timestamptz WHERE person_id = $1::uuid AND used IS NULL AND $2::boolean)
UPDATE linli.person SET blocked = $2::boolean WHERE id = $1::uuid
