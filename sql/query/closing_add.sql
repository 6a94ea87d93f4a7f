INSERT INTO linli.closing (office_id, lot_id, tender_id, event_id, bids, root, at)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::integer, $6::bytea, $7::timestamptz)
