INSERT INTO linli.draw (office_id, id, lot_id, purpose, keys, seed, participants, witnesses, at, person_id)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text, $5::bigint[], $6::text, $7::bytea, $8::text, $9::timestamptz, $10::uuid)
