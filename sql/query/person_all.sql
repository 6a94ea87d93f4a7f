-- For the console: everybody, or everybody of an office.
SELECT p.id, p.login, p.name, p.blocked
FROM linli.person p
WHERE $1::integer = 0 OR EXISTS (SELECT 1 FROM linli.membership m WHERE m.person_id = p.id AND m.office_id = $1::integer)
ORDER BY p.login LIMIT 10000
