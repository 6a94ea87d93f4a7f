-- I10: what a contract bound is its sum, what was let out (less what was taken back), paid and came back is what its tranches say; one that is over binds nothing more.
WITH moved AS (
    SELECT p.office_id, p.subject AS contract_id,
           sum(p.amount_fen) FILTER (WHERE j.kind IN ('commit', 'renew', 'supplement') AND p.side = 'C') AS bound,
           sum(CASE j.kind WHEN 'payable' THEN p.amount_fen ELSE -p.amount_fen END)
               FILTER (WHERE j.kind = 'payable' AND p.side = 'C' OR j.kind = 'withdraw' AND p.bucket = 'payable') AS released,
           sum(CASE p.side WHEN 'C' THEN p.amount_fen ELSE -p.amount_fen END) FILTER (WHERE p.bucket = 'paid') AS paid,
           sum(CASE p.side WHEN 'C' THEN p.amount_fen ELSE -p.amount_fen END) FILTER (WHERE p.bucket = 'committed') AS left_over
    FROM linli.posting p JOIN linli.journal j ON j.office_id = p.office_id AND j.id = p.journal_id
    WHERE p.bucket IN ('committed', 'payable', 'paid')
    GROUP BY p.office_id, p.subject)
SELECT c.office_id, format('contract %s of %s fen, %s: bound %s, still %s, let out %s, its tranches say %s, paid %s, they say %s', c.number, c.amount_fen,
       c.state, coalesce(m.bound, 0), coalesce(m.left_over, 0), coalesce(m.released, 0), r.released, coalesce(m.paid, 0), r.paid) AS what
FROM linli.contract c
LEFT JOIN moved m ON m.office_id = c.office_id AND m.contract_id = c.id
JOIN LATERAL (SELECT coalesce(sum(r.released_fen), 0) AS released, coalesce(sum(r.paid_fen - r.recovered_fen), 0) AS paid
              FROM linli.tranche r WHERE r.office_id = c.office_id AND r.contract_id = c.id) r ON true
WHERE coalesce(m.bound, 0) <> CASE WHEN c.signed IS NULL THEN 0 ELSE c.amount_fen END
   OR coalesce(m.released, 0) <> r.released OR coalesce(m.paid, 0) <> r.paid
   OR c.state IN ('closed', 'stopped') AND coalesce(m.left_over, 0) <> 0
ORDER BY c.office_id, c.id LIMIT 1000
