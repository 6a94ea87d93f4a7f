-- Draws up the contract of the next year.
SELECT linli.contract_renew($1::integer, $2::uuid, $3::uuid, $4::text, $5::date, $6::date, $7::bigint, $8::text, $9::uuid[], $10::bigint[], $11::uuid, $12::timestamptz)
