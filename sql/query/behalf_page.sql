-- What came over the counter, newest first; of no tender of which one has still to mark blindly.
SELECT b.id, b.number, b.state, b.act, b.channel, b.sender, g.name AS organisation, b.received, t.id AS tender, b.lot_id AS lot, b.made, b.entered, e.name AS entered_by,
       b.decided, d.name AS decided_by, (extract(epoch FROM b.entered) * 1000000)::bigint AS _c0, b.id AS _c1
FROM linli.behalf b
LEFT JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
LEFT JOIN linli.organisation g ON g.id = b.organisation_id
LEFT JOIN linli.person p ON p.id = b.person_id
JOIN linli.person e ON e.id = b.entered_by
LEFT JOIN linli.person d ON d.id = b.decided_by
WHERE b.office_id = $1::integer AND ($2::bigint IS NULL OR (b.entered, b.id) < ('epoch'::timestamptz + $2::bigint * interval '1 microsecond', $3::uuid))
  AND b.office_id = ANY ($5::integer[]) AND ($6::text IS NULL OR b.state = $6::text) AND ($7::uuid IS NULL OR $7::uuid IN (b.made, b.target, b.tender_id, b.lot_id))
  AND NOT linli.in_the_dark_of(b.office_id, b.tender_id, $8::uuid)
ORDER BY b.entered DESC, b.id DESC LIMIT $4::integer
