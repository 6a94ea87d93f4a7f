INSERT INTO linli.list (office_id, id, year, title, state, threshold_fen, created_by, created)
VALUES ($1::integer, $2::uuid, $3::integer, $4::text, 'draft', $5::bigint, $6::uuid, $7::timestamptz)
