UPDATE linli.explanation SET body = $3::text, answered = $4::timestamptz, answered_by = $5::uuid
WHERE office_id = $1::integer AND bid_id = $2::uuid
