INSERT INTO linli.exclusion (office_id, id, organisation_id, ground, reason, contract_id, starts, ends, decided_by, authority, document)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::uuid, $7::timestamptz, $8::timestamptz, $9::uuid, $10::text, $11::text)
