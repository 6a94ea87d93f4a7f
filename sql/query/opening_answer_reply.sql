UPDATE linli.opening_answer SET reply = $3::text, replied = $4::timestamptz, replied_by = $5::uuid
WHERE office_id = $1::integer AND bid_id = $2::uuid
