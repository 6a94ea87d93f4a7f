-- What is personal goes where it belongs, or nowhere.
UPDATE linli.registration SET state = 'refused', decided = $4::timestamptz, decided_by = $5::uuid, reason = $6::text,
    contact = NULL, login = NULL, phone = NULL, password = NULL
WHERE office_id = $1::integer AND state = 'waiting' AND asked <= $3::timestamptz AND ($2::timestamptz IS NULL OR asked >= $2::timestamptz)
