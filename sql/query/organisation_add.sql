INSERT INTO linli.organisation (id, name, name_en, kind, uscc, uscc_doubtful, host_id, representative, address, phone, created, founded)
VALUES ($1::uuid, $2::text, $3::text, $4::text, $5::text, $6::boolean, $7::uuid, $8::text, $9::text, $10::text, $11::timestamptz, $12::date)
