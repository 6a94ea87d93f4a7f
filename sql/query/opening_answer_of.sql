-- What a bidder said of the record of the opening, and until when it may.
SELECT t.answers_until, x.agrees, x.replied FROM linli.tender t
LEFT JOIN linli.opening_answer x ON x.office_id = t.office_id AND x.bid_id = $3::uuid
WHERE t.office_id = $1::integer AND t.id = $2::uuid
