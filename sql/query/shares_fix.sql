-- Fixes who pays how much of each tranche.
SELECT linli.shares_fix($1::integer, $2::uuid, $3::uuid[], $4::uuid[], $5::bigint[])
