-- What is personal goes where it belongs, or nowhere.
UPDATE linli.registration SET state = $3::text, decided = $4::timestamptz, decided_by = $5::uuid, reason = $6::text, person_id = $7::uuid,
    organisation_id = $8::uuid, contact = NULL, login = NULL, phone = NULL, password = NULL
WHERE office_id = $1::integer AND id = $2::uuid
