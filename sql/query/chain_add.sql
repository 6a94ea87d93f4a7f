INSERT INTO linli.chain (office_id, id, act, regime, least_fen, made, made_by)
VALUES ($1::integer, $2::uuid, $3::text, $4::text, $5::bigint, $6::timestamptz, $7::uuid)
