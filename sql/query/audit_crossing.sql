-- I11: no journal crosses appropriations.
SELECT p.office_id, format('journal %s touches %s appropriations', p.journal_id, count(DISTINCT p.appropriation_id)) AS what
FROM linli.posting p GROUP BY p.office_id, p.journal_id HAVING count(DISTINCT p.appropriation_id) > 1
ORDER BY p.office_id, p.journal_id LIMIT 1000
