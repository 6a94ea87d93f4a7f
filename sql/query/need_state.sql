UPDATE linli.need SET state = $3::text, reason = $4::text, merged_into = $5::uuid, changed = $6::timestamptz
WHERE office_id = $1::integer AND id = $2::uuid
