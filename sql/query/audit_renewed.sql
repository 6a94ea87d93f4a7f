-- A contract of another year follows one of the same award that was found good, at the price its renewal names, within the years the award was
-- published for, and is paid from money of the year in which it begins.
SELECT c.office_id, format('contract %s follows %s without what entitles to another year', c.number, p.number) AS what
FROM linli.contract c
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
JOIN linli.contract p ON p.office_id = c.office_id AND p.id = c.renews
LEFT JOIN linli.renewal r ON r.office_id = p.office_id AND r.contract_id = p.id AND r.next_id = c.id AND r.decision = 'renewed'
WHERE c.signed IS NOT NULL
  AND (r.contract_id IS NULL OR p.award_id <> c.award_id OR p.year_no + 1 <> c.year_no OR c.year_no > t.years
       OR p.state <> 'stopped' AND linli.year_found(p.office_id, p.id, r.decided) <> 'passed'
       OR r.amount_fen <> c.amount_fen - (SELECT coalesce(sum(x.amount_fen), 0) FROM linli.contract_change x
              WHERE x.office_id = c.office_id AND x.contract_id = c.id AND x.kind = 'supplement' AND x.state = 'approved')
       OR EXISTS (SELECT 1 FROM linli.journal j JOIN linli.posting g ON g.office_id = j.office_id AND g.journal_id = j.id AND g.side = 'C'
                  JOIN linli.appropriation a ON a.office_id = g.office_id AND a.id = g.appropriation_id
                  WHERE j.office_id = c.office_id AND j.source = c.id AND j.kind = 'renew' AND a.year <> extract(year FROM c.starts)))
ORDER BY c.office_id, c.number LIMIT 1000
