-- A span of the plan has begun (again): until when its end must be reached.
INSERT INTO linli.deadline (office_id, tender_id, lot_id, code, until, began, due)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::timestamptz, $7::timestamptz)
ON CONFLICT (office_id, lot_id, code) DO UPDATE SET began = excluded.began, due = excluded.due, met = NULL
