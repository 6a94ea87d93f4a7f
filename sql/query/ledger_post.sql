-- The one way into the ledger.
SELECT linli.post($1::integer, $2::uuid, $3::text, $4::uuid, $5::uuid, $6::uuid, $7::timestamptz, $8::bigint) AS outcome
