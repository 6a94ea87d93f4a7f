UPDATE linli.recovery SET state = 'written_off', ended = $3::timestamptz, ended_by = $4::uuid, note = $5::text
WHERE office_id = $1::integer AND id = $2::uuid
