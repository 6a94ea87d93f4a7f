INSERT INTO linli.question (office_id, id, tender_id, organisation_id, body, asked, due)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::timestamptz, $7::timestamptz)
