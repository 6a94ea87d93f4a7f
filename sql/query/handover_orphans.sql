-- Open tasks of a role that nobody but who leaves holds after the last day, by the role; $6: roles that pass on with a post.
SELECT r.code, count(*) AS tasks
FROM linli.tasks($1::integer, $2::uuid, $3::text[], $4::timestamptz) k
JOIN linli.role r ON r.code = (SELECT min(x) FROM unnest(k.roles) x WHERE x = ANY ($3::text[]))
WHERE NOT k.escalated AND k.person IS DISTINCT FROM $2::uuid AND k.post IS NULL AND k.body IS NULL AND NOT k.roles && $6::text[]
  AND NOT EXISTS (SELECT FROM linli.membership m WHERE m.office_id = $1::integer AND m.person_id <> $2::uuid AND m.role = ANY (k.roles)
                  AND m.valid_from <= $5::date + 1 AND (m.valid_until IS NULL OR m.valid_until > $5::date))
GROUP BY r.code ORDER BY r.code LIMIT 1
