-- People who hold something at an office; never their families.
SELECT p.id, p.login, p.name, p.blocked, p.id AS _c0
FROM linli.person p
WHERE EXISTS (SELECT 1 FROM linli.membership m WHERE m.person_id = p.id AND m.office_id = $1::integer)
  AND ($2::uuid IS NULL OR p.id > $2::uuid)
ORDER BY p.id LIMIT $3::integer
