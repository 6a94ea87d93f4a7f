-- What is due at an office and not done, the next first.
SELECT d.id, d.at, d.act, d.subject, d.tender_id AS tender, d.tries >= 5 AS stuck, d.tries, d.failed AS failure, d.retry,
       d.owner_id AS owner, p.name AS owner_name, d.at AS _c0, d.id AS _c1
FROM linli.due d LEFT JOIN linli.person p ON p.id = d.owner_id
WHERE d.office_id = $1::integer AND d.done IS NULL
  AND ($2::timestamptz IS NULL OR (d.at, d.id) > ($2::timestamptz, $3::uuid))
  AND ($5::boolean IS NULL OR (d.tries >= 5) = $5::boolean) AND ($6::text IS NULL OR d.act = $6::text)
ORDER BY d.at, d.id LIMIT $4::integer
