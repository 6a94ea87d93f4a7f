INSERT INTO linli.log_checkpoint (origin, size, cosigned, note) VALUES ($1::text, $2::bigint, $3::integer, $4::text)
ON CONFLICT DO NOTHING
