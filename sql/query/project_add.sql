INSERT INTO linli.project (office_id, id, need_id, title, goals, field, beneficiaries, place, budget_fen, state, created, changed,
                           contract_id)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::text, $7::text, $8::text, $9::bigint, 'stored',
        $10::timestamptz, $10::timestamptz, $11::uuid)
