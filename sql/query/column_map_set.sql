INSERT INTO linli.column_map AS m (office_id, form, fields, titles) VALUES ($1::integer, $2::text, $3::text[], $4::text[])
ON CONFLICT (office_id, form) DO UPDATE SET fields = $3::text[], titles = $4::text[], version = m.version + 1
