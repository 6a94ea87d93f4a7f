-- Objections at an office, newest first.
SELECT o.id, o.tender_id AS tender, o.lot_id AS lot, o.bid_id AS bid, g.name AS organisation,
       CASE WHEN o.channel = 'report' AND $8::text[] && '{office_approver,supervisor,auditor}'
            THEN (SELECT w.name FROM linli.person w WHERE w.id = o.person_id) END AS reporter,
       o.channel, o.reviews, o.kind, o.phase, o.relevant, o.state,
       o.filed, o.due, o.overdue, o.answered, o.consequence, o.taken, o.version, o.filed AS _c0, o.id AS _c1
FROM linli.objection o LEFT JOIN linli.organisation g ON g.id = o.organisation_id
WHERE o.office_id = $1::integer AND ($2::timestamptz IS NULL OR (o.filed, o.id) < ($2::timestamptz, $3::uuid))
  AND ($5::text IS NULL OR o.state = $5::text) AND ($6::boolean IS NULL OR (o.overdue IS NOT NULL) = $6::boolean)
  AND ($7::text IS NULL OR o.channel = $7::text)
ORDER BY o.filed DESC, o.id DESC LIMIT $4::integer
