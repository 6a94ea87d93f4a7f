-- The same, waiting for a server that is working on it: acts come after what was due before them.
SELECT id, at, act, subject, tender_id FROM linli.due
WHERE office_id = $1::integer AND done IS NULL AND tries < 5 AND at <= $2::timestamptz
ORDER BY at, id LIMIT 1 FOR UPDATE
