-- Proposals of a tender whose bids are open, for those whom the plan lets read them; how many residents support each, how many it still needs,
-- and whether one does oneself.  As they came, or most supported first; of all places, or of one.
-- Whose name a clerk wrote down is for the office and those who watch it: nobody asked that person whether all may read it.
SELECT b.id, b.lot_no AS lot, b.number, b.key, b.organisation_id AS organisation, b.received, b.state, b.void_reason,
       CASE WHEN l.phase_kind = 'voting' OR linli.told(l.state) THEN b.not_admitted END AS not_admitted, b.price_fen,
       CASE WHEN $3::text[] && '{office_clerk,office_approver,agent,operator,supervisor,auditor}' THEN b.content ELSE b.content - 'proposer' END AS content,
       s.supports, s.needed AS supports_needed, s.missing AS supports_missing,
       $7::uuid IS NOT NULL AND EXISTS (SELECT FROM linli.support y WHERE y.office_id = b.office_id AND y.bid_id = b.id AND y.person_id = $7::uuid AND y.withdrawn IS NULL) AS supported,
       o.rank AS _c0, b.id AS _c1
FROM linli.bid b JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
CROSS JOIN LATERAL linli.supported(b.office_id, b.tender_id, b.id) s
CROSS JOIN LATERAL (SELECT CASE WHEN $8::text = 'support' THEN -s.supports ELSE 0 END AS rank) o
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid
  AND EXISTS (SELECT FROM linli.tender t WHERE t.office_id = b.office_id AND t.id = b.tender_id AND t.sealing = 'open_bids')
  AND EXISTS (SELECT FROM unnest($3::text[]) r WHERE 'bids:' || r = ANY (l.sees))
  AND ($4::bigint IS NULL OR (o.rank, b.id) > ($4::bigint, $5::uuid))
  AND ($9::text IS NULL OR b.content ->> 'place' = $9::text)
ORDER BY o.rank, b.id
LIMIT $6::integer
