-- What waits for somebody at an office, by the day it is due: for the actor by role, post, seat or name; all of it
-- for those who watch; $6 others: what waits for somebody else, for those who work there.  Each with the article that
-- sets its day, and the act that does it.
SELECT k.task, k.kind, k.subject, k.tender, k.number, k.title, k.about, k.roles, k.person, k.post, k.body, k.since, k.due,
       coalesce(k.due < $4::timestamptz, false) AS overdue, k.escalated, k.source, d.act, d.path,
       ph.name AS phase_name, coalesce(p.name, o.name, b.name) AS whom, coalesce(p.name, o.name_en, b.name_en) AS whom_en
FROM linli.tasks($1::integer, $2::uuid, $3::text[], $4::timestamptz, coalesce($6::text, 'mine') = 'others') k
CROSS JOIN LATERAL linli.task_act($1::integer, k.task, k.kind, k.subject, k.tender, k.about) d
LEFT JOIN linli.person p ON p.id = k.person
LEFT JOIN linli.post o ON o.office_id = $1::integer AND o.id = k.post
LEFT JOIN linli.body b ON b.office_id = $1::integer AND b.id = k.body
LEFT JOIN LATERAL (SELECT x -> 'name' AS name FROM linli.tender t, jsonb_array_elements(t.plan -> 'phases') x
                   WHERE t.office_id = $1::integer AND t.id = k.tender AND k.task IN ('phase', 'sign_in', 'declare', 'check') AND x ->> 'code' = k.about) ph ON true
WHERE NOT coalesce($5::boolean, false) OR k.due < $4::timestamptz
ORDER BY k.due NULLS LAST, k.since, k.subject, k.task LIMIT 1001
