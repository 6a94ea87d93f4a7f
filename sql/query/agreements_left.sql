-- The agreements of a first call and of those that add to it: how many were signed first, how many are left on a day, the last day of
-- the first ones; with that ($4: the first call's options) the options of a call that adds to them (财政部令第110号 §19).
WITH first AS (
    SELECT t.number, count(c.signed) AS admitted, max(c.ends) FILTER (WHERE c.signed IS NOT NULL) AS until
    FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
    LEFT JOIN linli.award w ON w.office_id = l.office_id AND w.lot_id = l.id
    LEFT JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
    WHERE l.office_id = $1::integer AND l.id = $2::uuid
    GROUP BY t.number),
left_now AS (
    SELECT count(*) AS n
    FROM linli.award w JOIN linli.tender t ON t.office_id = w.office_id AND t.id = w.tender_id
    JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
    WHERE w.office_id = $1::integer AND (w.lot_id = $2::uuid OR t.supplements = $2::uuid) AND c.state IN ('signed', 'suspended') AND c.ends >= $3::date)
SELECT f.until,
       EXISTS (SELECT 1 FROM linli.tender o WHERE o.office_id = $1::integer AND o.supplements = $2::uuid
               AND o.state NOT IN ('contracted', 'delivering', 'closed', 'void', 'cancelled')) AS open,
       ($4::jsonb || jsonb_build_object('supplement',
           jsonb_build_object('of', f.number, 'admitted', f.admitted, 'left', n.n, 'until', to_char(f.until, 'YYYY-MM-DD'))))::text AS options
FROM first f, left_now n
