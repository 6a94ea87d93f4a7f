UPDATE linli.delivery SET finding = $4::text, finding_role = $5::text, found = $6::timestamptz, found_by = $7::uuid, finding_reason = $8::text,
       score_micro = $9::bigint, value_fen = $10::bigint,
       marks = $11::jsonb, answers = $12::jsonb
WHERE office_id = $1::integer AND id = $2::uuid AND tranche_id = $3::uuid AND finding IS NULL
RETURNING id
