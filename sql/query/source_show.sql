-- Who pays for a published tender, how much of its budget, and where that money stands; lottery money says that it is.  Where its money or that of
-- a contract was budgeted again, whoever pays since then pays as much.
WITH s AS (
    SELECT t.id AS tender_id, s.appropriation_id, s.no::integer AS no, coalesce(s.amount_fen, t.budget_fen) AS amount_fen
    FROM linli.tender t JOIN linli.source s ON s.office_id = t.office_id AND s.owner_id = t.id
    WHERE t.office_id = $1::integer AND t.id = $2::uuid AND t.published IS NOT NULL),
paying AS (
    SELECT s.* FROM s
    UNION ALL
    SELECT w.tender_id, x.to_id, 1000, sum(x.amount_fen)::bigint
    FROM (SELECT s.tender_id, s.tender_id AS whose FROM s UNION SELECT c.tender_id, c.id FROM linli.contract c WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid) w
    JOIN linli.transfer x ON x.office_id = $1::integer AND coalesce(x.contract_id, x.tender_id) = w.whose AND x.kind = 'again' AND x.state = 'approved'
    WHERE x.to_id NOT IN (SELECT s.appropriation_id FROM s)
    GROUP BY w.tender_id, x.to_id)
SELECT s.appropriation_id AS appropriation, p.name, p.origin, f.name AS fund, p.year, CASE p.origin WHEN 'lottery' THEN '彩票公益金资助' END AS mark,
       s.amount_fen, x.reserved_fen, x.committed_fen, x.payable_fen, x.paid_fen
FROM paying s
JOIN linli.appropriation p ON p.office_id = $1::integer AND p.id = s.appropriation_id
JOIN linli.fund f ON f.office_id = p.office_id AND f.id = p.fund_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(g.amount_fen) FILTER (WHERE g.bucket = 'reserved'), 0)::bigint AS reserved_fen,
           coalesce(sum(g.amount_fen) FILTER (WHERE g.bucket = 'committed'), 0)::bigint AS committed_fen,
           coalesce(sum(g.amount_fen) FILTER (WHERE g.bucket IN ('payable', 'in_transit')), 0)::bigint AS payable_fen,
           coalesce(sum(g.amount_fen) FILTER (WHERE g.bucket = 'paid'), 0)::bigint AS paid_fen
    FROM (SELECT a.bucket, a.credits - a.debits AS amount_fen FROM linli.account a
          WHERE a.office_id = $1::integer AND a.appropriation_id = s.appropriation_id
            AND (a.subject = s.tender_id OR a.subject IN (SELECT c.id FROM linli.contract c WHERE c.office_id = $1::integer AND c.tender_id = s.tender_id))) g) x
ORDER BY s.no, p.year, p.id
