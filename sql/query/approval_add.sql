INSERT INTO linli.approval (office_id, id, chain_id, act, subject, subject_version, amount_fen, state, step, asked, asked_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::uuid, $6::integer, $7::bigint, 'open', 1, $8::timestamptz, $9::uuid)
