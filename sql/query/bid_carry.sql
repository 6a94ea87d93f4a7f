-- What a supplier is bound to by its agreement, as its bid in a call-off: at the agreed price, under its place in the agreement.
WITH old AS (
    SELECT b.*, w.amount_fen, w.place FROM linli.award w JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
    WHERE w.office_id = $1::integer AND w.id = $4::uuid),
new AS (
    INSERT INTO linli.bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received, state, price_fen, content, number)
    SELECT o.office_id, $2::uuid, $3::uuid, 1, o.organisation_id, o.person_id, o.sha256, o.bytes, $5::timestamptz, 'open', o.amount_fen, o.content, $7::integer
    FROM old o),
parties AS (
    INSERT INTO linli.bid_party (office_id, bid_id, no, organisation_id, name, part, share_ppm, work)
    SELECT p.office_id, $2::uuid, p.no, p.organisation_id, p.name, p.part, p.share_ppm, p.work
    FROM old o JOIN linli.bid_party p ON p.office_id = o.office_id AND p.bid_id = o.id)
INSERT INTO linli.offer (office_id, bid_id, field, round, unit, value, at)
SELECT DISTINCT ON (f.field) f.office_id, $2::uuid, f.field, 1, f.unit, CASE WHEN f.field = $6::text THEN o.amount_fen ELSE f.value END, f.at
FROM old o JOIN linli.offer f ON f.office_id = o.office_id AND f.bid_id = o.id
ORDER BY f.field, f.round DESC
