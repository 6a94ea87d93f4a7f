-- What a log-in is checked against; factor: it takes a code, too.
SELECT p.id, p.name, p.password, p.blocked,
       EXISTS (SELECT FROM linli.second_factor f WHERE f.person_id = p.id AND f.confirmed IS NOT NULL) AS factor
FROM linli.person p WHERE p.login = $1::text
