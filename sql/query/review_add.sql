INSERT INTO linli.review (office_id, id, tender_id, lot_id, ground, bid_id, reason, state, asked, asked_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::uuid, $7::text, 'asked', $8::timestamptz, $9::uuid)
