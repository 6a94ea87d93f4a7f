UPDATE linli.spot_draw SET drawn = $3::timestamptz, drawn_by = $4::uuid, seed = $5::text, witnesses = $6::text, pool = $7::text[]::uuid[], chosen = $8::text[]::uuid[]
WHERE office_id = $1::integer AND id = $2::uuid
