-- Entries of a list that were meant to be bought.
SELECT e.id FROM linli.list_entry e
WHERE e.office_id = $1::integer AND e.list_id = $2::uuid AND e.state NOT IN ('stopped', 'dropped')
ORDER BY length(e.number), e.number
