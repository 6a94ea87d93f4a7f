-- I13: a key was answered once.
SELECT min(i.office_id) AS office_id, format('key %s was answered %s times', i.key, count(*)) AS what
FROM linli.idempotency i GROUP BY i.actor, i.key HAVING count(*) > 1
ORDER BY 1, 2 LIMIT 1000
