UPDATE linli.bond SET state = 'returned', ended = $3::timestamptz, ended_by = $4::uuid, bank_ref = $5::text, base_rate_ppm = $6::bigint,
       interest_fen = $7::bigint
WHERE office_id = $1::integer AND id = $2::uuid
