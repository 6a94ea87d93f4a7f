-- The trail of an office, newest first.  What was sealed is shown to nobody before the opening, and quotes of a round not before
-- the result, nor marks, and that somebody voted not while the vote runs.  Supervisor and auditor read the whole; who owns an object reads what was done to it; everybody else act and
-- time: of a published tender what was done to the tender itself, and once its result is announced the rest; of public lists
-- and funds.
SELECT e.id, e.at, e.act, e.subject_kind, e.subject, e.tender_id AS tender,
       CASE WHEN w.watches OR w.owns THEN e.role END AS role,
       CASE WHEN w.watches THEN e.actor END AS actor,
       CASE WHEN w.watches AND (e.act NOT IN ('marks_lock', 'marks_reveal', 'marks_reveal_refused') OR w.told) THEN e.payload::jsonb END AS payload, e.erasure IS NOT NULL AS erased, e.at AS _c0, e.id AS _c1
FROM linli.event_queue e
LEFT JOIN linli.tender t ON t.office_id = e.office_id AND t.id = e.tender_id
CROSS JOIN LATERAL (
    SELECT $2::text[] && '{supervisor,auditor}' AS watches, t.state IN ('announced', 'contracted', 'delivering', 'closed') AS told,
           $8::uuid IS NOT NULL AND coalesce((SELECT r.reads FROM linli.object_rights(e.office_id, e.subject_kind, e.subject,
                                                                                     $2::text[], $3::uuid[], $4::uuid) r), false) AS owns) w
WHERE e.office_id = $1::integer AND ($8::uuid IS NULL OR e.subject = $8::uuid) AND ($9::uuid IS NULL OR e.tender_id = $9::uuid)
  AND ($5::timestamptz IS NULL OR (e.at, e.id) < ($5::timestamptz, $6::uuid))
  AND (NOT e.sealed OR t.opened IS NOT NULL) AND (e.act <> 'bid_requote' OR w.told)
  AND (e.act NOT IN ('ballot_cast', 'ballots_enter', 'ballots_confirm', 'ballots_drop')
       OR NOT EXISTS (SELECT FROM linli.lot l WHERE l.office_id = e.office_id AND l.id = e.subject AND l.phase_kind = 'voting'))
  AND (w.watches OR w.owns OR w.told
       OR t.published IS NOT NULL AND e.subject_kind = 'tender' AND NOT e.sealed
       OR e.subject_kind = 'list' AND EXISTS (SELECT FROM linli.list l WHERE l.office_id = e.office_id AND l.id = e.subject AND l.published IS NOT NULL)
       OR e.subject_kind IN ('fund', 'appropriation'))
ORDER BY e.at DESC, e.id DESC LIMIT $7::integer
