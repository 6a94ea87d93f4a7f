SELECT linli.tranche_retain($1::integer, $2::uuid, $3::uuid, $4::bigint)
