INSERT INTO linli.delivery (office_id, id, tranche_id, paper, body, reported, reported_by, own, figures)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::timestamptz, $7::uuid, $8::jsonb, $9::jsonb)
