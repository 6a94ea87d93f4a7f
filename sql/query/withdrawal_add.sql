INSERT INTO linli.withdrawal (office_id, id, tranche_id, amount_fen, reason, state, proposed, proposed_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::bigint, $5::text, 'proposed', $6::timestamptz, $7::uuid)
