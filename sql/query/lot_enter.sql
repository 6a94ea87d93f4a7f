UPDATE linli.lot SET phase = $3::text, phase_kind = $4::text, round = $5::integer, phase_since = $6::timestamptz,
       phase_due = $7::timestamptz, provisional = $8::boolean, waiting = NULL, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid
