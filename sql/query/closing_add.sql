INSERT INTO linli.closing (office_id, lot_id, tender_id, envelope, event_id, bids, root, at)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::integer, $5::uuid, $6::integer, $7::bytea, $8::timestamptz)
