-- I7: the tranches of a signed contract add up to it; those of a draft are none; none takes more of an appropriation than was fixed for it.
(SELECT c.office_id, format('contract %s is %s fen, its tranches %s', c.number, c.amount_fen, coalesce(sum(r.amount_fen), 0)) AS what
FROM linli.contract c LEFT JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
GROUP BY c.office_id, c.id
HAVING coalesce(sum(r.amount_fen), 0) <> CASE WHEN c.signed IS NULL THEN 0 ELSE c.amount_fen END
ORDER BY c.office_id, c.id LIMIT 1000)
UNION ALL
(SELECT h.office_id, format('tranche %s took %s fen of appropriation %s, %s were fixed', h.tranche_id, g.amount_fen, h.appropriation_id, h.amount_fen)
FROM linli.tranche_share h
JOIN linli.journal j ON j.office_id = h.office_id AND j.source = h.tranche_id AND j.kind = 'payable'
JOIN linli.posting g ON g.office_id = j.office_id AND g.journal_id = j.id AND g.side = 'C' AND g.appropriation_id = h.appropriation_id
WHERE g.amount_fen > h.amount_fen
ORDER BY h.office_id, h.tranche_id LIMIT 1000)
