INSERT INTO linli.negative (office_id, code, reason) VALUES ($1::integer, $2::text, $3::text)
ON CONFLICT (office_id, code) DO UPDATE SET reason = excluded.reason
