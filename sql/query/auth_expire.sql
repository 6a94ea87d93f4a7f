-- Sessions and links that ran out, and answers kept for a day.
WITH s AS (DELETE FROM linli.session WHERE expires < $1::timestamptz),
     l AS (DELETE FROM linli.login_link WHERE expires < $1::timestamptz)
DELETE FROM linli.idempotency WHERE NOT keep AND at < $1::timestamptz - interval '24 hours'
