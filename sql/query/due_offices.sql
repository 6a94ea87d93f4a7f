-- Across offices: where something is due.
SELECT DISTINCT office_id FROM linli.due WHERE done IS NULL AND tries < 5 AND at <= $1::timestamptz ORDER BY office_id LIMIT 1000
