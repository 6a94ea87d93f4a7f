-- Who sat on the body on a day.
SELECT m.person_id, m.head FROM linli.body_member m
WHERE m.office_id = $1::integer AND m.body_id = $2::uuid AND m.valid_from <= $3::date
  AND (m.valid_until IS NULL OR m.valid_until >= $3::date)
ORDER BY m.person_id
