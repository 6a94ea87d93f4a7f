-- The secret of a lot's draws, and its digest for everybody.
WITH s AS (INSERT INTO linli.draw_secret (office_id, lot_id, secret) VALUES ($1::integer, $2::uuid, $3::bytea) RETURNING office_id, lot_id)
UPDATE linli.lot l SET draw_commitment = $4::bytea FROM s WHERE l.office_id = s.office_id AND l.id = s.lot_id
