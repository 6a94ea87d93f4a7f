-- Who is in a pool for a field, and what keeps somebody from being drawn for this office; the pool is the office's own or one above it.
SELECT e.id, e.person_id, p.blocked,
       EXISTS (SELECT FROM linli.held(p.id, $4::date, true) h WHERE h.office_id = $1::integer AND h.role = 'evaluator') AS evaluator,
       EXISTS (SELECT FROM linli.held(p.id, $4::date, true) h
               WHERE h.office_id = $1::integer AND h.role IN ('office_clerk', 'office_approver')) AS own
FROM linli.office o
JOIN linli.expert e ON e.office_id = $2::integer AND e.gone IS NULL AND ($3::text IS NULL OR $3::text = ANY (e.fields))
JOIN linli.person p ON p.id = e.person_id
WHERE o.office_id = $1::integer AND $2::integer = ANY (o.path)
ORDER BY e.id::text COLLATE "C"
