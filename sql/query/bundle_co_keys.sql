-- The keys that bidders kept and showed, of the bids that were opened: all at the supervisor's level ($3), the party's ($4) own at its.
SELECT b.id, encode(b.co_key, 'hex') AS co_key FROM linli.bid b
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.co_key IS NOT NULL AND b.key IS NOT NULL
  AND ($3::text = 'supervisor' OR $3::text = 'party' AND b.organisation_id = $4::uuid)
ORDER BY b.id
