-- NULL where the sheets are open again.
INSERT INTO linli.sitting (office_id, lot_id, locked, evaluated) VALUES ($1::integer, $2::uuid, $3::timestamptz, $4::timestamptz)
ON CONFLICT (office_id, lot_id) DO UPDATE SET locked = excluded.locked, evaluated = excluded.evaluated
