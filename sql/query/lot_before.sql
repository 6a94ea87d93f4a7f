-- The first of the earlier lots that is not decided yet.
SELECT l.no FROM linli.lot l
WHERE l.office_id = $1::integer AND l.tender_id = $2::uuid AND l.no < $3::integer
  AND l.state NOT IN ('decided', 'announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')
  AND NOT EXISTS (SELECT 1 FROM linli.award w WHERE w.office_id = l.office_id AND w.lot_id = l.id AND w.state NOT IN ('withdrawn', 'refused'))
ORDER BY l.no LIMIT 1
