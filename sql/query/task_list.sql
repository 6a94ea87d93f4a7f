-- What waits for somebody at an office, by the day it is due: for the actor by role, post, seat or name; all of it
-- for those who watch.
SELECT k.task, k.kind, k.subject, k.tender, k.number, k.title, k.about, k.roles, k.person, k.post, k.body, k.since, k.due,
       coalesce(k.due < $4::timestamptz, false) AS overdue, k.escalated
FROM linli.tasks($1::integer, $2::uuid, $3::text[], $4::timestamptz) k
WHERE NOT coalesce($5::boolean, false) OR k.due < $4::timestamptz
ORDER BY k.due NULLS LAST, k.since, k.subject, k.task LIMIT 1000
