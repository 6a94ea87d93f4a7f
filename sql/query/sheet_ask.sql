INSERT INTO linli.sheet_request (office_id, id, sheet_id, ground, reason, person_id, at)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::uuid, $7::timestamptz)
