INSERT INTO linli.invitation (office_id, tender_id, organisation_id, source, place, invited, seed, witnesses, at, by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::integer, $6::boolean, $7::text, $8::text, $9::timestamptz, $10::uuid)
