UPDATE linli.approval SET escalated = $3::timestamptz, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid AND state = 'open' AND due <= $3::timestamptz
RETURNING act, subject, step
