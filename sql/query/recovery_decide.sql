UPDATE linli.recovery SET state = $3::text, due = coalesce($4::timestamptz, due), decided = $5::timestamptz, decided_by = $6::uuid, note = $7::text
WHERE office_id = $1::integer AND id = $2::uuid
