INSERT INTO linli.panel_report (office_id, lot_id, summary, at, person_id)
VALUES ($1::integer, $2::uuid, $3::text, $4::timestamptz, $5::uuid)
ON CONFLICT (office_id, lot_id, at) DO UPDATE
SET summary = excluded.summary, person_id = excluded.person_id, void = NULL
