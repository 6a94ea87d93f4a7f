-- Sessions and links that ran out, answers kept for a day, and what was entered for an account that nobody decided on in 30 days.
WITH s AS (DELETE FROM linli.session WHERE expires < $1::timestamptz),
     l AS (DELETE FROM linli.login_link WHERE expires < $1::timestamptz),
     r AS (UPDATE linli.registration SET state = 'refused', decided = $1::timestamptz, reason = $2::text,
                  contact = NULL, login = NULL, phone = NULL, password = NULL
           WHERE state IN ('waiting', 'checked') AND asked < $1::timestamptz - interval '30 days')
DELETE FROM linli.idempotency WHERE NOT keep AND at < $1::timestamptz - interval '24 hours'
