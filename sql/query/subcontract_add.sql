INSERT INTO linli.subcontract (office_id, id, contract_id, organisation_id, name, work, amount_fen, state, proposed, proposed_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::bigint, 'proposed', $8::timestamptz, $9::uuid)
