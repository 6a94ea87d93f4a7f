-- The one way into the ledger.
SELECT linli.post($1::integer, $2::uuid, $3::text, $4::bytea, $5::uuid, $6::uuid, $7::timestamptz, $8::uuid,
                  $9::text[], $10::uuid[], $11::text[], $12::bigint[]) AS outcome
