UPDATE linli.tender SET marks_committed = $3::boolean, blind_criteria = $4::text[], blind_files = $5::text[]
WHERE office_id = $1::integer AND id = $2::uuid
