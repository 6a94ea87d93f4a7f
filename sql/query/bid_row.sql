-- A bid, for the answer of an act on it by who handed it in.
SELECT b.id, b.tender_id AS tender, b.lot_no AS lot, b.organisation_id AS organisation, b.received, b.state, b.withdrawn,
       b.void_reason, b.number, b.price_fen, b.content, encode(b.sha256, 'hex') AS sha256
FROM linli.bid b WHERE b.office_id = $1::integer AND b.id = $2::uuid
