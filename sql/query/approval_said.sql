INSERT INTO linli.approval_step (office_id, approval_id, no, outcome, person_id, at, reason, meeting)
VALUES ($1::integer, $2::uuid, $3::integer, $4::text, $5::uuid, $6::timestamptz, $7::text, $8::jsonb)
