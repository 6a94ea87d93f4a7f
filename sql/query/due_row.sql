SELECT d.id, d.at, d.act, d.subject, d.tender_id AS tender, d.tries >= 5 AS stuck, d.tries, d.failed AS failure, d.retry,
       d.owner_id AS owner, p.name AS owner_name
FROM linli.due d LEFT JOIN linli.person p ON p.id = d.owner_id
WHERE d.office_id = $1::integer AND d.id = $2::uuid AND d.done IS NULL
