INSERT INTO linli.deduction (office_id, id, contract_id, tranche_id, ground, rate_ppm, days, amount_fen, reason, state, proposed, proposed_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::bigint, $7::integer, $8::bigint, $9::text, 'proposed', $10::timestamptz, $11::uuid)
