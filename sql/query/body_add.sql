INSERT INTO linli.body (office_id, id, name, name_en, quorum_a, quorum_b, quorum_over, consent_a, consent_b, consent_over, consent_of)
VALUES ($1::integer, $2::uuid, $3::text, $4::text, $5::integer, $6::integer, $7::boolean, $8::integer, $9::integer, $10::boolean, $11::text)
