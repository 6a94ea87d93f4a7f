INSERT INTO linli.registration (office_id, id, kind, name, organisation_kind, uscc, uscc_doubtful, contact, login, phone, password, asked)
VALUES ($1::integer, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::boolean, $8::text, $9::text, $10::text, $11::text, $12::timestamptz)
