-- What is committed and not let out yet.
SELECT coalesce(sum(credits - debits), 0)::bigint AS committed_fen FROM linli.account
WHERE office_id = $1::integer AND bucket = 'committed' AND subject = $2::uuid
