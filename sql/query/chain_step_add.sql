INSERT INTO linli.chain_step (office_id, chain_id, no, post_id, body_id, days)
VALUES ($1::integer, $2::uuid, $3::integer, $4::uuid, $5::uuid, $6::integer)
