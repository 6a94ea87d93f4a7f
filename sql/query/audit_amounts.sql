-- I12: every amount is 1 fen to 10^15 fen.
SELECT p.office_id, format('journal %s has a line of %s fen', p.journal_id, p.amount_fen) AS what
FROM linli.posting p WHERE p.amount_fen NOT BETWEEN 1 AND 1000000000000000
ORDER BY p.office_id, p.journal_id LIMIT 1000
