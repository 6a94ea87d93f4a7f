INSERT INTO linli.panel_secret (office_id, lot_id, secret, commitment) VALUES ($1::integer, $2::uuid, $3::bytea, $4::bytea)
