UPDATE linli.batch SET state = 'approved', checker = coalesce(checker, $3::uuid), approved = coalesce(approved, $4::timestamptz),
       second = CASE WHEN checker IS NOT NULL THEN $3::uuid END, seconded = CASE WHEN checker IS NOT NULL THEN $4::timestamptz END
WHERE office_id = $1::integer AND id = $2::uuid
