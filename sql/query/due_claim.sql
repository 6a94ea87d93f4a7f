-- The oldest deadline of an office that has passed; another server's is skipped.
SELECT id, at, act, subject, tender_id FROM linli.due
WHERE office_id = $1::integer AND done IS NULL AND tries < 5 AND at <= $2::timestamptz
ORDER BY at, id LIMIT 1 FOR UPDATE SKIP LOCKED
