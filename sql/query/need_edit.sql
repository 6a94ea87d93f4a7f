UPDATE linli.need SET title = COALESCE($3::text, title), body = COALESCE($4::text, body),
       field = COALESCE($5::text, field), beneficiaries = COALESCE($6::text, beneficiaries),
       place = COALESCE($7::text, place), cost_fen = CASE WHEN $10::boolean THEN $8::bigint ELSE cost_fen END, changed = $9::timestamptz
WHERE office_id = $1::integer AND id = $2::uuid
