UPDATE linli.fee SET state = $3::text, decided = $4::timestamptz, decided_by = $5::uuid
WHERE office_id = $1::integer AND id = $2::uuid
