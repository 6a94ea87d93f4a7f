INSERT INTO linli.series AS s (office_id, kind, year, last) VALUES ($1::integer, $2::text, $3::integer, 1)
ON CONFLICT (office_id, kind, year) DO UPDATE SET last = s.last + 1
RETURNING last
