-- What an office may not buy: its own list and those above it.
SELECT n.office_id AS office, n.code, n.reason FROM linli.negative n
WHERE n.office_id IN (SELECT unnest(o.path) FROM linli.office o WHERE o.office_id = $1::integer)
ORDER BY n.code, n.office_id
