-- The roll entry of a resident.
SELECT e.number, e.area FROM linli.roll_entry e
WHERE e.office_id = $1::integer AND e.roll_id = $2::uuid AND e.person_id = $3::uuid
