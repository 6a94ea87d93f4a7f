SELECT d.purpose, array_to_string(d.keys, ' ') AS keys FROM linli.draw d
WHERE d.office_id = $1::integer AND d.lot_id = $2::uuid
ORDER BY d.at, d.id
