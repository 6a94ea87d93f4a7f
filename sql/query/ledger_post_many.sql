-- Payments sent or settled together.
SELECT linli.post_many($1::integer, $2::text, $3::uuid, $4::timestamptz, $5::uuid[], $6::uuid[], $7::uuid[], $8::bigint[]) AS posted
