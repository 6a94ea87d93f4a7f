-- The opening record: who bid, and prices for those whom the plan lets read them; one's own bid always.
-- An evaluator reads as a member of the panel (panel_bids), not because it is one.
SELECT b.id, l.no AS lot, b.number, b.organisation_id AS organisation, o.name, b.received, b.state,
       CASE WHEN b.organisation_id = ANY ($4::uuid[]) OR EXISTS (SELECT FROM unnest($3::text[]) r WHERE r <> 'evaluator' AND 'bids:' || r = ANY (l.sees))
            THEN b.void_reason END AS void_reason,
       CASE WHEN b.organisation_id = ANY ($4::uuid[]) OR EXISTS (SELECT FROM unnest($3::text[]) r WHERE r <> 'evaluator' AND 'prices:' || r = ANY (l.sees))
            THEN b.price_fen END AS price_fen,
       CASE WHEN b.organisation_id = ANY ($4::uuid[]) OR EXISTS (SELECT FROM unnest($3::text[]) r WHERE r <> 'evaluator' AND 'bids:' || r = ANY (l.sees))
            THEN b.content END AS content
FROM linli.bid b
JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
LEFT JOIN linli.organisation o ON o.id = b.organisation_id
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.key IS NOT NULL
  AND (b.organisation_id = ANY ($4::uuid[])
       OR EXISTS (SELECT FROM unnest($3::text[]) r WHERE r <> 'evaluator' AND ARRAY['prices:' || r, 'bids:' || r] && l.sees))
ORDER BY l.no, b.number
