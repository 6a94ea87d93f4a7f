-- Who answers about the project; what is not given stays.
UPDATE linli.tender SET contact_person = coalesce($3::text, contact_person), contact_phone = coalesce($4::text, contact_phone)
WHERE office_id = $1::integer AND id = $2::uuid
