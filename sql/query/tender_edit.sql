-- The first parameters of tender_add; who drew it up and when does not change.
UPDATE linli.tender SET entry_id = $3::uuid, title = $4::text, summary = $5::text, category = $6::text, regime = $7::text,
       mechanism = $8::text, scheme = $9::text, options = $10::jsonb, scheme_options = $11::jsonb,
       appropriation_id = $12::uuid, budget_fen = $13::bigint, ceiling_fen = $14::bigint, electorate = $15::bigint,
       roll_id = $16::uuid, shared_pool = $17::boolean, most_bids = $18::integer, most_awards = $19::integer,
       acceptance = $20::jsonb
WHERE office_id = $1::integer AND id = $2::uuid
