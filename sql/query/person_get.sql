-- A person who holds something at the administrator's offices, or whose account is wholly within its charge; family is for who declared it,
-- and the checks of interest.
SELECT p.id, p.login, p.name, p.employer, CASE WHEN p.id = $3::uuid THEN to_jsonb(p.family) END AS family, p.created, p.blocked,
       p.password IS NOT NULL AS has_password, p.version AS _version
FROM linli.person p
WHERE p.id = $1::uuid
  AND (EXISTS (SELECT 1 FROM linli.membership m WHERE m.person_id = p.id AND m.office_id = ANY ($2::integer[]))
       OR NOT EXISTS (SELECT 1 FROM linli.membership m WHERE m.person_id = p.id AND m.office_id IS NOT NULL)
          AND linli.person_within(p.id, $2::bigint[]))
