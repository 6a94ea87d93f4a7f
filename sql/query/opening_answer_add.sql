INSERT INTO linli.opening_answer (office_id, bid_id, tender_id, agrees, reason, at, person_id)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::boolean, $5::text, $6::timestamptz, $7::uuid)
