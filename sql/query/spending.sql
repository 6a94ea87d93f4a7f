-- Where a year's money goes, by office and mechanism: planned on the published lists, under contract, paid.  NULL: the latest year.
SELECT l.year, l.office_id AS office, o.name AS office_name, e.method AS mechanism, count(*) AS entries, sum(e.budget_fen)::bigint AS planned_fen,
       coalesce(sum(c.contracted), 0)::bigint AS contracted_fen, coalesce(sum(c.paid), 0)::bigint AS paid_fen
FROM linli.list l
JOIN linli.office o ON o.office_id = l.office_id
JOIN linli.list_entry e ON e.office_id = l.office_id AND e.list_id = l.id
LEFT JOIN LATERAL (
    SELECT sum(r.amount_fen) AS contracted, sum(r.paid_fen - r.recovered_fen) AS paid
    FROM linli.tender t
    JOIN linli.contract k ON k.office_id = t.office_id AND k.tender_id = t.id AND k.signed IS NOT NULL
    JOIN linli.tranche r ON r.office_id = k.office_id AND r.contract_id = k.id
    WHERE t.office_id = e.office_id AND t.entry_id = e.id) c ON true
WHERE l.published IS NOT NULL AND e.state NOT IN ('dropped', 'stopped')
  AND l.year = CASE WHEN $1::integer IS NULL THEN (SELECT max(x.year) FROM linli.list x WHERE x.published IS NOT NULL) ELSE $1::integer END
GROUP BY l.year, l.office_id, o.name, e.method
ORDER BY l.office_id, e.method
LIMIT 1001
