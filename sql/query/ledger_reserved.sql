-- What is still reserved for a tender.
SELECT coalesce(sum(credits - debits), 0)::bigint AS held_fen FROM linli.account
WHERE office_id = $1::integer AND appropriation_id = $2::uuid AND bucket = 'reserved' AND subject = $3::uuid
