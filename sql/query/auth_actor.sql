-- The holder of a bearer token ($4) or of a session, once for each role held on a day: by membership (of a subtree too), in
-- an organisation, and by post.
WITH who AS (
    SELECT p.id AS person_id, p.name, t.id AS token_id, t.roles AS token_roles, NULL::text AS csrf
    FROM linli.token t JOIN linli.person p ON p.id = t.person_id
    WHERE $4::boolean AND t.hash = $1::bytea AND t.expires > $2::timestamptz AND t.revoked IS NULL AND NOT p.blocked
    UNION ALL
    SELECT p.id, p.name, NULL, 0, s.csrf
    FROM linli.session s JOIN linli.person p ON p.id = s.person_id
    WHERE NOT $4::boolean AND s.hash = $1::bytea AND s.expires > $2::timestamptz AND NOT p.blocked
)
SELECT who.person_id, who.name, who.token_id, who.token_roles, who.csrf, held.office_id, held.organisation_id, held.role
FROM who
LEFT JOIN LATERAL (
    SELECT o.office_id, NULL::uuid AS organisation_id, m.role
    FROM linli.membership m
    JOIN linli.office home ON home.office_id = m.office_id
    -- Who lives in a community lives in its street and district, too.
    JOIN linli.office o ON o.office_id = m.office_id OR (m.subtree AND m.office_id = ANY (o.path))
                        OR (m.role = 'resident' AND o.office_id = ANY (home.path))
    WHERE m.person_id = who.person_id AND m.organisation_id IS NULL
      AND m.valid_from <= $3::date AND (m.valid_until IS NULL OR m.valid_until >= $3::date)
    UNION ALL
    SELECT 0, m.organisation_id, m.role
    FROM linli.membership m
    WHERE m.person_id = who.person_id AND m.organisation_id IS NOT NULL
      AND m.valid_from <= $3::date AND (m.valid_until IS NULL OR m.valid_until >= $3::date)
    UNION ALL
    SELECT h.office_id, NULL, p.role
    FROM linli.post_holder h
    JOIN linli.post p ON p.office_id = h.office_id AND p.id = h.post_id
    WHERE h.person_id = who.person_id
      AND h.valid_from <= $3::date AND (h.valid_until IS NULL OR h.valid_until >= $3::date)
) AS held ON true
ORDER BY held.office_id, held.organisation_id
