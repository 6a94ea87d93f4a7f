-- The columns of each form as they are used at an office.
SELECT DISTINCT ON (m.form) m.form, m.fields, m.titles, m.office_id <> 0 AS own FROM linli.column_map m
WHERE m.office_id = $1::integer OR m.office_id = 0 AND $1::integer = ANY ($2::integer[])
ORDER BY m.form, m.office_id DESC
