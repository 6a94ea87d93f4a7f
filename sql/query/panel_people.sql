-- Who may sit: evaluators of the office or above it; own: who works for the office itself.
SELECT p.id, p.name, p.blocked,
       EXISTS (SELECT 1 FROM linli.membership m JOIN linli.office o ON o.office_id = $1::integer
               WHERE m.person_id = p.id AND m.role = 'evaluator'
                 AND (m.office_id = $1::integer OR (m.subtree AND m.office_id = ANY (o.path)))
                 AND m.valid_from <= $3::date AND (m.valid_until IS NULL OR m.valid_until >= $3::date)) AS evaluator,
       EXISTS (SELECT 1 FROM linli.membership m
               WHERE m.person_id = p.id AND m.role IN ('office_clerk', 'office_approver') AND m.office_id = $1::integer
                 AND m.valid_from <= $3::date AND (m.valid_until IS NULL OR m.valid_until >= $3::date)) AS own
FROM linli.person p
WHERE p.id = ANY ($2::uuid[])
