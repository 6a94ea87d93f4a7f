-- The first parameters of tender_add; who drew it up and when does not change.
UPDATE linli.tender SET entry_id = $3::uuid, title = $4::text, summary = $5::text, category = $6::text, regime = $7::text,
       mechanism = $8::text, scheme = $9::text, options = $10::jsonb, scheme_options = $11::jsonb,
       budget_fen = $12::bigint, ceiling_fen = $13::bigint, electorate = $14::bigint,
       roll_id = $15::uuid, shared_pool = $16::boolean, years = $17::smallint, most_bids = $18::integer,
       most_awards = $19::integer, acceptance = $20::jsonb
WHERE office_id = $1::integer AND id = $2::uuid
