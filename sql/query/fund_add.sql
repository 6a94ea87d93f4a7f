INSERT INTO linli.fund (office_id, id, code, name, name_en, purpose, regimes, created, holder_kind, holder)
VALUES ($1::integer, $2::uuid, $3::text, $4::text, $5::text, $6::text, $7::text[], $8::timestamptz, $9::text, $10::text)
