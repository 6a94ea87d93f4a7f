-- Is somebody on the roll?  Held until the end, beside whoever fills it.
SELECT EXISTS (SELECT 1 FROM linli.roll_entry e WHERE e.office_id = r.office_id AND e.roll_id = r.id) AS filled
FROM linli.roll r WHERE r.office_id = $1::integer AND r.id = $2::uuid
FOR UPDATE OF r
