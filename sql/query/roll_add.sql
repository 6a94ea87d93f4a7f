INSERT INTO linli.roll (office_id, id, name, created) VALUES ($1::integer, $2::uuid, $3::text, $4::timestamptz)
