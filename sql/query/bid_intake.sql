-- The bids of a turn, by the one function linli_intake may call.
SELECT no, status, answer, received, due
FROM linli.bid_intake($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                      $9::integer[], $10::uuid[], $11::integer[], $12::uuid[], $13::text[], $14::bigint[],
                      $15::timestamptz[], $16::timestamptz, $17::date, $18::integer, $19::integer)
