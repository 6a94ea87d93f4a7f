-- Who pays for a published tender, how much of its budget, and where that money stands; lottery money says that it is.
SELECT s.appropriation_id AS appropriation, p.name, p.origin, f.name AS fund, p.year, CASE p.origin WHEN 'lottery' THEN '彩票公益金资助' END AS mark,
       coalesce(s.amount_fen, t.budget_fen) AS amount_fen, x.reserved_fen, x.committed_fen, x.payable_fen, x.paid_fen
FROM linli.source s
JOIN linli.tender t ON t.office_id = s.office_id AND t.id = s.owner_id AND t.published IS NOT NULL
JOIN linli.appropriation p ON p.office_id = s.office_id AND p.id = s.appropriation_id
JOIN linli.fund f ON f.office_id = p.office_id AND f.id = p.fund_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(g.amount_fen) FILTER (WHERE g.bucket = 'reserved'), 0)::bigint AS reserved_fen,
           coalesce(sum(g.amount_fen) FILTER (WHERE g.bucket = 'committed'), 0)::bigint AS committed_fen,
           coalesce(sum(g.amount_fen) FILTER (WHERE g.bucket IN ('payable', 'in_transit')), 0)::bigint AS payable_fen,
           coalesce(sum(g.amount_fen) FILTER (WHERE g.bucket = 'paid'), 0)::bigint AS paid_fen
    FROM (SELECT a.bucket, a.credits - a.debits AS amount_fen FROM linli.account a
          WHERE a.office_id = s.office_id AND a.appropriation_id = s.appropriation_id
            AND (a.subject = t.id OR a.subject IN (SELECT c.id FROM linli.contract c WHERE c.office_id = t.office_id AND c.tender_id = t.id))) g) x
WHERE s.office_id = $1::integer AND s.owner_id = $2::uuid
ORDER BY s.no
