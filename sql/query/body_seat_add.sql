INSERT INTO linli.body_member (office_id, id, body_id, person_id, head, valid_from, valid_until)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::uuid, $5::boolean, $6::date, $7::date)
