INSERT INTO linli.post (office_id, id, name, name_en, role) VALUES ($1::integer, $2::uuid, $3::text, $4::text, $5::text)
