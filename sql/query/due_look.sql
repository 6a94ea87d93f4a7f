-- The same, without waiting for who holds it: whose it is that everything else would wait for.
SELECT id, at, act, subject, tender_id FROM linli.due
WHERE office_id = $1::integer AND done IS NULL AND tries < 5 AND at <= linli.due_horizon($2::timestamptz, $3::timestamptz)
  AND (retry IS NULL OR retry <= $4::timestamptz) AND id <> ALL ($5::uuid[])
ORDER BY at, id LIMIT 1
