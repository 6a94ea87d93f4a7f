INSERT INTO linli.log_checkpoint (size, note) VALUES ($1::bigint, $2::text) ON CONFLICT DO NOTHING
