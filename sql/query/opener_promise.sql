INSERT INTO linli.opener_post (office_id, tender_id, opener, promise, promised, promised_by)
VALUES ($1::integer, $2::uuid, $3::integer, $4::bytea, $5::timestamptz, $6::uuid)
