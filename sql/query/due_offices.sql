-- Across offices: where something is due.
SELECT DISTINCT office_id FROM linli.due
WHERE done IS NULL AND tries < 5 AND at <= linli.due_horizon($1::timestamptz, $2::timestamptz)
  AND (retry IS NULL OR retry <= $3::timestamptz)
ORDER BY office_id LIMIT 1000
