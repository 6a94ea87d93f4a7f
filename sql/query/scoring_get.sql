-- How the panel marks: committed first, part of it blindly.
SELECT t.id AS tender, t.marks_committed, t.blind_criteria, t.blind_files, t.version AS _version
FROM linli.tender t
WHERE t.office_id = $1::integer AND t.id = $2::uuid AND (t.published IS NOT NULL OR t.office_id = ANY ($3::integer[]))
