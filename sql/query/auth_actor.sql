-- The holder of a bearer token ($4) or of a session, once for each role held on a day.
WITH who AS (
    SELECT p.id AS person_id, p.name, t.id AS token_id, t.roles AS token_roles, NULL::text AS csrf, t.strong
    FROM linli.token t JOIN linli.person p ON p.id = t.person_id
    WHERE $4::boolean AND t.hash = $1::bytea AND t.expires > $2::timestamptz AND t.revoked IS NULL AND NOT p.blocked
    UNION ALL
    SELECT p.id, p.name, NULL, 0, s.csrf, s.strong
    FROM linli.session s JOIN linli.person p ON p.id = s.person_id
    WHERE NOT $4::boolean AND s.hash = $1::bytea AND s.expires > $2::timestamptz AND NOT p.blocked
)
SELECT who.person_id, who.name, who.token_id, who.token_roles, who.csrf, who.strong, held.office_id, held.organisation_id, held.role
FROM who LEFT JOIN LATERAL linli.held(who.person_id, $3::date, who.strong) held ON true
ORDER BY held.office_id, held.organisation_id
