INSERT INTO linli.milestone (office_id, id, tender_id, lot_id, kind, role, at, bid_id, phase)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::timestamptz, $8::uuid, $9::text)
