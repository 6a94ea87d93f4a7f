-- What was served or put up, newest first.
SELECT s.id, s.object_kind, s.object_id AS object, s.tender_id AS tender, s.way, g.name AS organisation, s.recipient, s.place, s.reference, s.sent, s.served, s.until,
       s.note, s.entered, e.name AS entered_by,
       (extract(epoch FROM s.sent) * 1000000)::bigint AS _c0, s.id AS _c1
FROM linli.service s LEFT JOIN linli.organisation g ON g.id = s.organisation_id JOIN linli.person e ON e.id = s.entered_by
WHERE s.office_id = $1::integer AND ($2::bigint IS NULL OR (s.sent, s.id) < ('epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3::uuid))
  AND s.office_id = ANY ($5::integer[]) AND ($6::uuid IS NULL OR $6::uuid IN (s.object_id, s.tender_id)) AND ($7::text IS NULL OR s.way = $7::text)
  AND ($8::boolean IS NULL OR $8::boolean = (s.served IS NOT NULL))
ORDER BY s.sent DESC, s.id DESC LIMIT $4::integer
