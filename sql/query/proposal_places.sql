-- The places proposals of a tender are for, with how many there are for each; for those whom the plan lets read them.
SELECT b.content ->> 'place' AS place, count(*) AS proposals
FROM linli.bid b JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.content ->> 'place' IS NOT NULL
  AND EXISTS (SELECT FROM linli.tender t WHERE t.office_id = b.office_id AND t.id = b.tender_id AND t.sealing = 'open_bids')
  AND EXISTS (SELECT FROM unnest($3::text[]) r WHERE 'bids:' || r = ANY (l.sees))
GROUP BY b.content ->> 'place'
ORDER BY b.content ->> 'place'
LIMIT 1001
