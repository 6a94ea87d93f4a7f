-- The tokens of a person; never their secrets.
SELECT t.id, t.name, t.roles AS _roles, t.created, t.expires, t.revoked
FROM linli.token t WHERE t.person_id = $1::uuid ORDER BY t.created DESC LIMIT 1001
