-- Bonds whose day to go back can be told now and was not: by which rule, from when.
SELECT x.id, x.return_days,
       CASE WHEN x.kind = 'performance' THEN NULL
            WHEN b.withdrawn IS NOT NULL THEN 'bid_bond_return_withdrawn'
            WHEN c.signed IS NOT NULL THEN 'bid_bond_return_winner'
            WHEN l.state IN ('void', 'cancelled') THEN 'terminated_refund'
            ELSE 'bid_bond_return' END AS rule,
       CASE WHEN x.kind = 'performance' THEN $3::timestamptz
            ELSE coalesce(b.withdrawn, c.signed, CASE WHEN l.state IN ('void', 'cancelled') THEN $3::timestamptz END, w.announced) END AS since
FROM linli.bond x
LEFT JOIN linli.bid b ON b.office_id = x.office_id AND b.id = x.bid_id
LEFT JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
LEFT JOIN LATERAL (SELECT max(a.announced) AS announced,
                          bool_or(a.bid_id = b.id AND a.standing = 'winner' AND a.state IN ('proposed', 'announced', 'contracted')) AS wins
                   FROM linli.award a WHERE a.office_id = l.office_id AND a.lot_id = l.id AND a.announced IS NOT NULL) w ON true
LEFT JOIN LATERAL (SELECT k.signed FROM linli.contract k JOIN linli.award a ON a.office_id = k.office_id AND a.id = k.award_id
                   WHERE a.office_id = b.office_id AND a.bid_id = b.id AND k.signed IS NOT NULL ORDER BY k.year_no LIMIT 1) c ON true
LEFT JOIN linli.contract done ON done.office_id = x.office_id AND done.id = x.contract_id AND done.state IN ('closed', 'stopped')
WHERE x.office_id = $1::integer AND x.tender_id = $2::uuid AND x.state = 'held' AND x.due IS NULL
  AND (done.id IS NOT NULL OR b.withdrawn IS NOT NULL OR c.signed IS NOT NULL OR l.state IN ('void', 'cancelled')
       OR w.announced IS NOT NULL AND NOT w.wins)
ORDER BY x.id LIMIT 1000
