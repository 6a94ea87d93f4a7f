INSERT INTO linli.payable (office_id, tranche_id, at, planned_fen, score_fen, retained_fen, deducted_fen, set_off_fen, advance_fen, payable_fen)
VALUES ($1::integer, $2::uuid, $3::timestamptz, $4::bigint, $5::bigint, $6::bigint, $7::bigint, $8::bigint, $9::bigint, $10::bigint)
