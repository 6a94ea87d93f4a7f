INSERT INTO linli.promise (office_id, id, contract_id, kind, promised_by, rule, amount_fen, recorded, recorded_by, award_id)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::text, $6::text, $7::bigint, $8::timestamptz, $9::uuid, $10::uuid)
