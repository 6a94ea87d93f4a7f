INSERT INTO linli.notice (office_id, id, tender_id, list_id, kind, title, body, published, period_ends)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::jsonb, $8::timestamptz, $9::timestamptz)
