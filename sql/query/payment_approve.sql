-- The last of those who have to approve sends it; a first of two only signs.
UPDATE linli.payment SET state = CASE WHEN $5::boolean THEN 'sent' ELSE 'approved' END,
       checker = coalesce(checker, $3::uuid), approved = coalesce(approved, $4::timestamptz),
       second = CASE WHEN checker IS NOT NULL THEN $3::uuid END, seconded = CASE WHEN checker IS NOT NULL THEN $4::timestamptz END,
       sent = CASE WHEN $5::boolean THEN $4::timestamptz END
WHERE office_id = $1::integer AND id = $2::uuid AND state IN ('ordered', 'approved')
