INSERT INTO linli.lot (office_id, id, tender_id, no, title, budget_fen, ceiling_fen)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::integer, $5::text, $6::bigint, $7::bigint)
