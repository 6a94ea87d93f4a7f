-- What can be voted for: proposals that were opened and stand, and were admitted as the vote began.
SELECT b.id, b.key, b.number, b.state = 'open' AND b.withdrawn IS NULL AND b.not_admitted IS NULL AS open FROM linli.bid b
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.key IS NOT NULL
ORDER BY b.key
