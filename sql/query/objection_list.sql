SELECT o.id, o.bid_id AS bid, g.name AS organisation,
       CASE WHEN o.channel = 'report' AND $6::text[] && '{office_approver,supervisor,auditor}'
            THEN (SELECT w.name FROM linli.person w WHERE w.id = o.person_id) END AS reporter,
       o.channel, o.reviews, o.kind, o.phase, o.relevant, o.state, o.filed, o.due, o.overdue, o.answered, o.consequence, o.taken, o.version
FROM linli.objection o LEFT JOIN linli.organisation g ON g.id = o.organisation_id
WHERE o.office_id = $1::integer AND o.lot_id = $2::uuid
  AND (o.office_id = ANY ($3::integer[]) OR o.organisation_id = ANY ($4::uuid[]) OR o.person_id = $5::uuid)
ORDER BY o.filed, o.id LIMIT 1001
