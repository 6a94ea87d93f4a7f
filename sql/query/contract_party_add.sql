INSERT INTO linli.contract_party (office_id, contract_id, organisation_id, part)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text)
