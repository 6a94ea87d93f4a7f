-- 三员分立: an office where the person holds another duty of the three on days of the new one, and that does not combine them.
-- $2 office, $3 role, $4 subtree, $5 first day, $6 last day or NULL.
WITH mine AS (
    SELECT m.role, m.office_id, m.subtree, m.valid_from, m.valid_until
    FROM linli.membership m WHERE m.person_id = $1::uuid AND m.office_id IS NOT NULL
    UNION ALL
    SELECT p.role, h.office_id, false, h.valid_from, least(h.valid_until, p.ended)
    FROM linli.post_holder h JOIN linli.post p ON p.office_id = h.office_id AND p.id = h.post_id
    WHERE h.person_id = $1::uuid)
SELECT o.office_id, o.name, mine.role
FROM mine JOIN linli.role r ON r.code = mine.role AND r.duty
JOIN linli.office o ON mine.office_id = o.office_id OR mine.subtree AND mine.office_id = ANY (o.path)
WHERE mine.role <> $3::text AND EXISTS (SELECT FROM linli.role w WHERE w.code = $3::text AND w.duty)
  AND ($2::integer = o.office_id OR $4::boolean AND $2::integer = ANY (o.path)) AND NOT o.combined_duties
  AND mine.valid_from <= coalesce($6::date, 'infinity') AND coalesce(mine.valid_until, 'infinity') >= $5::date
LIMIT 1
