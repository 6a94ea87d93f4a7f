INSERT INTO linli.expert (office_id, id, person_id, fields, basis, entered, entered_by)
VALUES ($1::integer, $2::uuid, $3::uuid, $4::text[], $5::text, $6::timestamptz, $7::uuid)
