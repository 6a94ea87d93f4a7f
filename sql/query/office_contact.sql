-- How to reach an office; what is not given stays.
UPDATE linli.office SET address = coalesce($2::text, address), contact_person = coalesce($3::text, contact_person), phone = coalesce($4::text, phone), version = version + 1
WHERE office_id = $1::integer
RETURNING office_id
