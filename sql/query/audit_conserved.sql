-- I3: the accounts of an appropriation add up to what was granted.
SELECT a.office_id, format('appropriation %s: its accounts differ from what was granted by %s fen', a.appropriation_id, sum(a.credits::numeric - a.debits)) AS what
FROM linli.account a GROUP BY a.office_id, a.appropriation_id HAVING sum(a.credits::numeric - a.debits) <> 0
ORDER BY a.office_id, a.appropriation_id LIMIT 1000
