UPDATE linli.explanation SET accepted = $3::boolean, reason = $4::text, judged = $5::timestamptz, judged_by = $6::uuid
WHERE office_id = $1::integer AND bid_id = $2::uuid
