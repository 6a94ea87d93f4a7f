INSERT INTO linli.site_check (office_id, id, contract_id, kind, on_day, draw_id, planned, planned_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::date, $6::uuid, $7::timestamptz, $8::uuid)
