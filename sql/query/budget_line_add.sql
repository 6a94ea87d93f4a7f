INSERT INTO linli.budget_line (office_id, contract_id, code, name, kind, planned_fen)
VALUES ($1::integer, $2::uuid, $3::text, $4::text, $5::text, $6::bigint)
