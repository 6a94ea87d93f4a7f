-- How a tender is marked, as the one it was made from.
UPDATE linli.tender n SET marks_committed = t.marks_committed, blind_criteria = t.blind_criteria, blind_files = t.blind_files
FROM linli.tender t WHERE n.office_id = $1::integer AND n.id = $3::uuid AND t.office_id = $1::integer AND t.id = $2::uuid
