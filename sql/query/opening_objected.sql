-- Objections to the record of the opening of a lot that nobody has answered.
SELECT count(*) AS count FROM linli.opening_answer x JOIN linli.bid b ON b.office_id = x.office_id AND b.id = x.bid_id
WHERE x.office_id = $1::integer AND x.tender_id = $2::uuid AND b.lot_no = $3::integer AND NOT x.agrees AND x.replied IS NULL
