-- Open tasks of a role that nobody but who leaves holds after the last day, by the role; $6: roles that pass on with a post.
WITH others AS MATERIALIZED (
    SELECT DISTINCT h.role
    FROM (SELECT m.person_id FROM linli.membership m WHERE m.office_id = $1::integer AND m.person_id <> $2::uuid
          UNION SELECT p.person_id FROM linli.post_holder p WHERE p.office_id = $1::integer AND p.person_id <> $2::uuid) o
    CROSS JOIN LATERAL linli.held(o.person_id, $5::date + 1, true) h
    WHERE h.office_id = $1::integer)
SELECT min(x.role) AS code, count(*) AS tasks
FROM linli.tasks($1::integer, $2::uuid, $3::text[], $4::timestamptz, false) k
CROSS JOIN LATERAL (SELECT min(r) AS role FROM unnest(k.roles) r WHERE r = ANY ($3::text[])) x
WHERE x.role IS NOT NULL AND NOT k.escalated AND k.person IS DISTINCT FROM $2::uuid AND k.post IS NULL AND k.body IS NULL
  AND NOT k.roles && $6::text[] AND NOT EXISTS (SELECT FROM others o WHERE o.role = ANY (k.roles))
HAVING count(*) > 0
