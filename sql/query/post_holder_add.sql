INSERT INTO linli.post_holder (office_id, id, post_id, person_id, place, valid_from, valid_until)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::text, $6::date, $7::date)
