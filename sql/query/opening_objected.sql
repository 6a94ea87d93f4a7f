-- Of the record of the opening of a lot: objections that nobody has answered; until when bidders that have said nothing may still object.
SELECT count(*) FILTER (WHERE NOT x.agrees AND x.replied IS NULL) AS count,
       max(t.answers_until) FILTER (WHERE x.bid_id IS NULL AND b.state <> 'void' AND b.not_admitted IS NULL) AS silent_until
FROM linli.bid b
JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
LEFT JOIN linli.opening_answer x ON x.office_id = b.office_id AND x.bid_id = b.id
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer AND b.key IS NOT NULL
