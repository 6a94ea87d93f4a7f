-- Proposals of a tender whose bids are open, for those whom the plan lets read them; how many residents support each, and whether one does.
SELECT b.id, b.lot_no AS lot, b.number, b.key, b.organisation_id AS organisation, b.received, b.state, b.void_reason, b.price_fen, b.content,
       (SELECT count(*) FROM linli.support s WHERE s.office_id = b.office_id AND s.bid_id = b.id AND s.withdrawn IS NULL) AS supports,
       $6::uuid IS NOT NULL AND EXISTS (SELECT FROM linli.support s WHERE s.office_id = b.office_id AND s.bid_id = b.id AND s.person_id = $6::uuid AND s.withdrawn IS NULL) AS supported,
       b.id AS _c0
FROM linli.bid b JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid
  AND EXISTS (SELECT FROM linli.tender t WHERE t.office_id = b.office_id AND t.id = b.tender_id AND t.sealing = 'open_bids')
  AND EXISTS (SELECT FROM unnest($3::text[]) r WHERE 'bids:' || r = ANY (l.sees))
  AND ($4::uuid IS NULL OR b.id > $4::uuid)
ORDER BY b.id
LIMIT $5::integer
