INSERT INTO linli.hold (office_id, id, organisation_id, contract_id, kind, reason, article, placed, placed_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::text, $7::text, $8::timestamptz, $9::uuid)
