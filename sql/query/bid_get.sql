-- One's own bid.
SELECT b.id, b.tender_id AS tender, b.lot_no AS lot, b.organisation_id AS organisation, b.received, b.state, b.withdrawn,
       b.void_reason, b.number, b.price_fen, b.content, encode(b.sha256, 'hex') AS sha256
FROM linli.bid b
WHERE b.office_id = $1::integer AND b.id = $2::uuid
  AND (b.organisation_id = ANY ($3::uuid[]) OR b.organisation_id IS NULL AND b.person_id = $4::uuid)
