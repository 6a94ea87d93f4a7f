INSERT INTO linli.budget_shift (office_id, id, contract_id, from_code, to_code, amount_fen, reason, state, proposed, proposed_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::bigint, $7::text, $8::text, $9::timestamptz, $10::uuid)
