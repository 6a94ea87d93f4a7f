-- Anonymised ballots, in an order that tells nothing: for whom, and from when, the plan's readings say.
SELECT b.source, b.area, b.choices, h.ballot, h.ballot AS _c0
FROM linli.lot l
JOIN linli.ballot b ON b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no
CROSS JOIN LATERAL (SELECT encode(sha256(convert_to(b.tender_id::text || '/' || b.number || '/' || b.at::text, 'UTF8')), 'hex') AS ballot) h
WHERE l.office_id = $1::integer AND l.id = $2::uuid
  AND EXISTS (SELECT 1 FROM unnest($3::text[]) r WHERE 'ballots:' || r = ANY (l.sees))
  AND ($4::text IS NULL OR h.ballot > $4::text)
ORDER BY h.ballot
LIMIT $5::integer
