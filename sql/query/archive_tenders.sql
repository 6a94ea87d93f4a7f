-- The tenders published in a year ($3: or this one) of which an archive can be made.
SELECT t.id, coalesce(t.number, t.id::text) AS number, t.title, t.state FROM linli.tender t
WHERE t.office_id = $1::integer AND linli.told(t.state)
  AND ($3::uuid IS NULL OR t.id = $3::uuid)
  AND ($2::integer IS NULL OR extract(year FROM t.published AT TIME ZONE 'Asia/Shanghai')::integer = $2::integer)
ORDER BY t.number
