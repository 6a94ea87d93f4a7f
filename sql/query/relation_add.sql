INSERT INTO linli.relation (id, person_id, kind, value, until, declared)
VALUES ($1::uuid, $2::uuid, $3::text, $4::text, $5::date, $6::timestamptz)
