-- Which of the numbers are on the roll, and their areas.
SELECT e.number, e.area FROM linli.roll_entry e
WHERE e.office_id = $1::integer AND e.roll_id = $2::uuid AND e.number = ANY ($3::text[])
