-- A need, for who handed it in and for the office.
SELECT n.id, n.kind, n.source, n.title, n.body, n.field, n.beneficiaries, n.place, n.cost_fen, n.state, n.reason,
       n.merged_into, n.organisation_id AS organisation, n.created, n.changed,
       (SELECT p.id FROM linli.project p WHERE p.office_id = n.office_id AND p.need_id = n.id LIMIT 1) AS project,
       n.version AS _version
FROM linli.need n
WHERE n.office_id = $1::integer AND n.id = $2::uuid AND (n.person_id = $3::uuid OR $4::text[] && ARRAY['office_clerk', 'office_approver', 'agent', 'operator', 'supervisor', 'auditor'])
