-- What was done to things that are no office's: accounts, organisations.  For those who watch the whole platform.
SELECT e.id, e.at, e.act, e.subject_kind, e.subject, e.role, e.actor, e.payload::jsonb AS payload, e.erasure IS NOT NULL AS erased, e.at AS _c0, e.id AS _c1
FROM linli.event_queue e
WHERE e.office_id = 0 AND EXISTS (SELECT FROM linli.office o WHERE o.parent_id IS NULL AND o.office_id = ANY ($1::integer[]))
  AND NOT e.sealed AND ($2::timestamptz IS NULL OR (e.at, e.id) < ($2::timestamptz, $3::uuid))
ORDER BY e.at DESC, e.id DESC LIMIT $4::integer
