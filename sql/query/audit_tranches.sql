-- I7: the tranches of a signed contract add up to it; those of a draft are none.
SELECT c.office_id, format('contract %s is %s fen, its tranches %s', c.number, c.amount_fen, coalesce(sum(r.amount_fen), 0)) AS what
FROM linli.contract c LEFT JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
GROUP BY c.office_id, c.id
HAVING coalesce(sum(r.amount_fen), 0) <> CASE WHEN c.signed IS NULL THEN 0 ELSE c.amount_fen END
ORDER BY c.office_id, c.id LIMIT 1000
