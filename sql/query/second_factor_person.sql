SELECT p.login, p.password FROM linli.person p WHERE p.id = $1::uuid AND NOT p.blocked
