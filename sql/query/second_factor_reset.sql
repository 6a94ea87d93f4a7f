-- Without the factor what rested on it ends: recovery codes, sessions, tokens.
WITH s AS (DELETE FROM linli.session WHERE person_id = $1::uuid AND strong),
     t AS (UPDATE linli.token SET revoked = $2::timestamptz WHERE person_id = $1::uuid AND strong AND revoked IS NULL),
     r AS (UPDATE linli.recovery_code SET used = $2::timestamptz WHERE person_id = $1::uuid AND used IS NULL)
UPDATE linli.second_factor SET secret = NULL, confirmed = NULL, failed = 0 WHERE person_id = $1::uuid
