INSERT INTO linli.spot_secret (office_id, draw_id, secret) VALUES ($1::integer, $2::uuid, $3::bytea)
