-- Needs of an office by last change, newest first: one's own, or all for the office.
SELECT n.id, n.kind, n.source, n.title, n.body, n.field, n.beneficiaries, n.place, n.cost_fen, n.state, n.reason,
       n.merged_into, n.organisation_id AS organisation, n.created, n.changed,
       (SELECT p.id FROM linli.project p WHERE p.office_id = n.office_id AND p.need_id = n.id LIMIT 1) AS project,
       n.changed AS _c0, n.id AS _c1
FROM linli.need n
WHERE n.office_id = $1::integer AND (n.person_id = $2::uuid OR $3::text[] && ARRAY['office_clerk', 'office_approver', 'agent', 'operator', 'supervisor', 'auditor'])
  AND ($4::timestamptz IS NULL OR (n.changed, n.id) < ($4::timestamptz, $5::uuid))
  AND ($7::text IS NULL OR n.state = $7::text) AND ($8::text IS NULL OR n.kind = $8::text)
ORDER BY n.changed DESC, n.id DESC
LIMIT $6::integer
