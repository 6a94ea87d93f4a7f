WITH d AS (
    INSERT INTO linli.spot_draw (office_id, id, most, reason, commitment, promised, promised_by)
    VALUES ($1::integer, $2::uuid, $3::integer, $4::text, $5::bytea, $6::timestamptz, $7::uuid) RETURNING office_id, id)
SELECT id FROM d
