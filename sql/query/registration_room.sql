-- How many wait at the office; no row: there is no such office.
SELECT (SELECT count(*) FROM linli.registration r WHERE r.office_id = $1::integer AND r.state IN ('waiting', 'checked')) AS waiting
FROM linli.office o WHERE o.office_id = $1::integer
