UPDATE linli.review SET state = 'refused', decided = $3::timestamptz, decided_by = $4::uuid, note = $5::text
WHERE office_id = $1::integer AND id = $2::uuid
