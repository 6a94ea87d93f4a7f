-- I1: two lines or more, as much debit as credit.
SELECT j.office_id, format('journal %s has %s lines, debits exceed credits by %s fen', j.id, count(p.line),
       coalesce(sum(CASE p.side WHEN 'D' THEN p.amount_fen::numeric ELSE -p.amount_fen::numeric END), 0)) AS what
FROM linli.journal j LEFT JOIN linli.posting p ON p.office_id = j.office_id AND p.journal_id = j.id
GROUP BY j.office_id, j.id
HAVING count(p.line) < 2 OR sum(CASE p.side WHEN 'D' THEN p.amount_fen::numeric ELSE -p.amount_fen::numeric END) <> 0
ORDER BY j.office_id, j.id LIMIT 1000
