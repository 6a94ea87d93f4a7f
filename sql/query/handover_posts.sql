-- What a person holds at an office after the last day, or would begin to hold then: posts, seats and roles.
SELECT 'post' AS kind, h.id, h.post_id AS subject, h.place AS place, p.role, greatest(h.valid_from, $3::date + 1) AS valid_from, h.valid_until
FROM linli.post_holder h JOIN linli.post p ON p.office_id = h.office_id AND p.id = h.post_id
WHERE h.office_id = $1::integer AND h.person_id = $2::uuid AND (h.valid_until IS NULL OR h.valid_until > $3::date)
UNION ALL
SELECT 'seat', m.id, m.body_id, CASE WHEN m.head THEN 'head' ELSE 'member' END, NULL, greatest(m.valid_from, $3::date + 1), m.valid_until
FROM linli.body_member m
WHERE m.office_id = $1::integer AND m.person_id = $2::uuid AND (m.valid_until IS NULL OR m.valid_until > $3::date)
UNION ALL
SELECT 'role', m.id, NULL, NULL, m.role, greatest(m.valid_from, $3::date + 1), m.valid_until
FROM linli.membership m
WHERE m.office_id = $1::integer AND m.person_id = $2::uuid AND m.organisation_id IS NULL
  AND (m.valid_until IS NULL OR m.valid_until > $3::date)
ORDER BY 1, 2
