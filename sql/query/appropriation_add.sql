INSERT INTO linli.appropriation (office_id, id, fund_id, year, budget_item, name, created, origin)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::integer, $5::text, $6::text, $7::timestamptz, $8::text)
