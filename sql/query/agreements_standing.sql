-- The agreements of a lot under which more can be called off on a day: signed, not ended, their term not over.  Those of the calls that
-- added to it stand behind, in their order.
SELECT w.id, w.bid_id, w.place + CASE WHEN w.lot_id = $2::uuid THEN 0 ELSE
           (SELECT coalesce(sum(p.last), 0) FROM (SELECT max(x.place) AS last
                FROM linli.award x JOIN linli.tender y ON y.office_id = x.office_id AND y.id = x.tender_id
                WHERE x.office_id = w.office_id AND (x.lot_id = $2::uuid OR y.supplements = $2::uuid AND y.published < t.published)
                GROUP BY x.lot_id) p) END AS place
FROM linli.award w JOIN linli.tender t ON t.office_id = w.office_id AND t.id = w.tender_id
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
WHERE w.office_id = $1::integer AND (w.lot_id = $2::uuid OR t.supplements = $2::uuid) AND w.standing = 'winner' AND c.state = 'signed'
  AND $3::date BETWEEN c.starts AND c.ends
ORDER BY place, w.id
