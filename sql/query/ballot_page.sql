-- Anonymised ballots, in an order that tells nothing: for whom, and from when, the plan's readings say.
SELECT b.source, b.area, b.choices, b.id AS ballot, b.id AS _c0
FROM linli.lot l
JOIN linli.ballot b ON b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no
WHERE l.office_id = $1::integer AND l.id = $2::uuid
  AND EXISTS (SELECT 1 FROM unnest($3::text[]) r WHERE 'ballots:' || r = ANY (l.sees))
  AND ($4::uuid IS NULL OR b.id > $4::uuid)
ORDER BY b.id
LIMIT $5::integer
