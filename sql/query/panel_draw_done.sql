UPDATE linli.panel_draw SET drawn = $3::timestamptz, drawn_by = $4::uuid, readings = $5::text[], witnesses = $6::text, seed = $7::bytea,
       drawn_order = $8::uuid[]
WHERE office_id = $1::integer AND lot_id = $2::uuid AND drawn IS NULL
