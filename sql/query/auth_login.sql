-- What a log-in is checked against.
SELECT id, name, password, blocked FROM linli.person WHERE login = $1::text
