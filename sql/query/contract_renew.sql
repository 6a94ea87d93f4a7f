-- Draws up the contract of the next year.
SELECT linli.contract_renew($1::integer, $2::uuid, $3::uuid, $4::text, $5::date, $6::date, $7::text, $8::uuid[], $9::bigint[], $10::uuid, $11::timestamptz)
