-- I11: no journal carries money from one appropriation to another: it balances within each.
SELECT p.office_id, format('journal %s gives appropriation %s %s fen it takes elsewhere', p.journal_id, p.appropriation_id,
       sum(CASE p.side WHEN 'C' THEN p.amount_fen::numeric ELSE -p.amount_fen::numeric END)) AS what
FROM linli.posting p GROUP BY p.office_id, p.journal_id, p.appropriation_id
HAVING sum(CASE p.side WHEN 'C' THEN p.amount_fen::numeric ELSE -p.amount_fen::numeric END) <> 0
ORDER BY p.office_id, p.journal_id, p.appropriation_id LIMIT 1000
