INSERT INTO linli.invoice (office_id, id, tranche_id, number, amount_fen, received, person_id)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::bigint, $6::timestamptz, $7::uuid)
