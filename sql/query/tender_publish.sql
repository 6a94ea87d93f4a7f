-- Freezes what the tender will be held under.
UPDATE linli.tender SET number = $3::text, mechanism_version = $4::text, mechanism_sha256 = $5::text,
       scheme_version = $6::text, scheme_sha256 = $7::text, options = $8::jsonb, scheme_options = $9::jsonb,
       rule_set = $10::text, rules = $11::jsonb, plan = $12::jsonb, sealing = $13::text, published = $14::timestamptz,
       deadline = $15::timestamptz, deadline_provisional = $16::boolean, electorate = $17::bigint, acceptance = $18::jsonb, state = 'published'
WHERE office_id = $1::integer AND id = $2::uuid
