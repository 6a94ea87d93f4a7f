-- All bids of the actor's organisations, at every office, newest first; lead: it acts, the other parties see.
SELECT b.id, b.office_id AS office, b.tender_id AS tender, t.number AS tender_number, t.title, t.state AS tender_state, t.deadline,
       b.lot_no AS lot, b.organisation_id AS organisation, b.organisation_id = ANY ($1::uuid[]) AS lead, b.received, b.state, b.withdrawn, b.void_reason,
       CASE WHEN linli.told(l.state) THEN b.not_admitted END AS not_admitted, b.number, b.price_fen,
       encode(b.sha256, 'hex') AS sha256, b.bytes, (SELECT f.sealed IS NOT NULL FROM linli.blob f WHERE f.sha256 = b.sha256) AS container, b.received AS _c0, b.id AS _c1
FROM linli.bid b JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
LEFT JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
WHERE (b.office_id, b.id) IN (SELECT m.office_id, m.bid_id FROM linli.bids_of($1::uuid[]) m)
  AND ($5::uuid IS NULL OR b.tender_id = $5::uuid)
  AND ($2::timestamptz IS NULL OR (b.received, b.id) < ($2::timestamptz, $3::uuid))
ORDER BY b.received DESC, b.id DESC
LIMIT $4::integer
