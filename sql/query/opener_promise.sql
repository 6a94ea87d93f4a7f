INSERT INTO linli.opener_post (office_id, tender_id, envelope, opener, promise, promised, promised_by, lot_no)
VALUES ($1::integer, $2::uuid, $3::integer, $4::integer, $5::bytea, $6::timestamptz, $7::uuid, $8::integer)
