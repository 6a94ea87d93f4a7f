INSERT INTO linli.tender (office_id, id, entry_id, title, summary, category, regime, mechanism, scheme, options,
                          scheme_options, budget_fen, ceiling_fen, electorate, roll_id, shared_pool, years, most_bids, most_awards, acceptance, state, created,
                          created_by, follows, under, supplements)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text, $10::jsonb,
        $11::jsonb, $12::bigint, $13::bigint, $14::bigint, $15::uuid, $16::boolean, $17::smallint, $18::integer, $19::integer, $20::jsonb, 'draft',
        $21::timestamptz, $22::uuid, $23::uuid, $24::uuid, $25::uuid)
