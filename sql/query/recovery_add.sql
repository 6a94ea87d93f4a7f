INSERT INTO linli.recovery (office_id, id, contract_id, amount_fen, reason, due, state, proposed, proposed_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::bigint, $5::text, $6::timestamptz, 'proposed', $7::timestamptz, $8::uuid)
