SELECT linli.person_within($1::uuid, $2::bigint[]) AS reached
