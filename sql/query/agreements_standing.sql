-- The agreements of a lot under which more can be called off on a day: signed, not ended, their term not over.
SELECT w.id, w.place, w.bid_id
FROM linli.award w JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid AND w.standing = 'winner' AND c.state = 'signed' AND $3::date BETWEEN c.starts AND c.ends
ORDER BY w.place, w.id
