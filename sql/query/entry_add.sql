INSERT INTO linli.list_entry (office_id, id, list_id, number, project_id, name, department, field, beneficiaries, place,
                              budget_fen, fund_id, budget_item, catalogue_code, regime, method, planned_month, term_months,
                              officer, state)
VALUES ($1::integer, $2::uuid, $3::uuid,
        COALESCE($4::text, (SELECT (count(*) + 1)::text FROM linli.list_entry e WHERE e.office_id = $1::integer AND e.list_id = $3::uuid)),
        $5::uuid, $6::text, $7::text, $8::text, $9::text, $10::text, $11::bigint, $12::uuid, $13::text, $14::text, $15::text,
        $16::text, $17::integer, $18::integer, $19::text, 'planned')
