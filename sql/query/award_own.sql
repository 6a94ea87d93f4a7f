-- What an organisation has won anywhere.
SELECT w.id, w.tender_id AS tender, t.number, t.title, w.lot_id AS lot, w.bid_id AS bid, b.organisation_id = ANY ($1::uuid[]) AS lead, w.standing, w.place, w.amount_fen, w.state,
       w.announced, c.id AS contract, c.state AS contract_state, w.announced AS _c0, w.id AS _c1
FROM linli.bid b
JOIN linli.award w ON w.office_id = b.office_id AND w.bid_id = b.id AND w.announced IS NOT NULL
JOIN linli.tender t ON t.office_id = w.office_id AND t.id = w.tender_id
LEFT JOIN LATERAL (SELECT k.id, k.state FROM linli.contract k WHERE k.office_id = w.office_id AND k.award_id = w.id ORDER BY k.year_no DESC LIMIT 1) c ON true
WHERE (b.office_id, b.id) IN (SELECT m.office_id, m.bid_id FROM linli.bids_of($1::uuid[]) m)
  AND ($2::timestamptz IS NULL OR (w.announced, w.id) < ($2::timestamptz, $3::uuid))
ORDER BY w.announced DESC, w.id DESC
LIMIT $4::integer
