INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, ordered, pay_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::bigint, 'ordered', $5::uuid, $6::timestamptz, $7::timestamptz)
