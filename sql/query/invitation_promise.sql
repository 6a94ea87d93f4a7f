-- The secret by which those invited will be drawn, and what is told of it beforehand.
WITH s AS (INSERT INTO linli.invitation_secret (office_id, tender_id, secret) VALUES ($1::integer, $2::uuid, $3::bytea) RETURNING office_id, tender_id)
UPDATE linli.tender t SET invitation_commitment = $4::bytea FROM s WHERE t.office_id = s.office_id AND t.id = s.tender_id
