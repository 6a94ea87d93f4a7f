INSERT INTO linli.evidence (office_id, id, promise_id, amount_fen, what, state, entered, entered_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::bigint, $5::text, 'entered', $6::timestamptz, $7::uuid)
