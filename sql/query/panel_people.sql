-- Who may sit: evaluators of the office; own: who works for the office itself, by membership or post, not from above.
SELECT p.id, p.name, p.blocked,
       EXISTS (SELECT FROM linli.held(p.id, $3::date, true) h WHERE h.office_id = $1::integer AND h.role = 'evaluator') AS evaluator,
       EXISTS (SELECT FROM linli.held(p.id, $3::date, true) h
               WHERE h.office_id = $1::integer AND h.role IN ('office_clerk', 'office_approver')) AS own
FROM linli.person p
WHERE p.id = ANY ($2::uuid[])
