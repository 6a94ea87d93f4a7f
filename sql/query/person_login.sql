SELECT p.id, p.version FROM linli.person p WHERE p.login = $1::text
