INSERT INTO linli.membership (id, person_id, office_id, organisation_id, role, subtree, valid_from, valid_until)
VALUES ($1::uuid, $2::uuid, $3::integer, $4::uuid, $5::text, $6::boolean, $7::date, $8::date)
