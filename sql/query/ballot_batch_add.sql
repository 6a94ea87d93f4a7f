INSERT INTO linli.ballot_batch (office_id, id, tender_id, lot_id, digests, entered, entered_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text[], $6::timestamptz, $7::uuid)
