-- A person, for the answer of an act on it.  A shared thing: $1 is not used.
SELECT p.id, p.login, p.name, p.employer, to_jsonb(p.family) AS family, p.created, p.blocked,
       p.password IS NOT NULL AS has_password, p.version AS _version
FROM linli.person p WHERE p.id = $2::uuid AND ($1::integer IS NOT NULL)
