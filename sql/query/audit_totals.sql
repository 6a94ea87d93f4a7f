-- I4: what an account holds is the sum of its lines.
SELECT a.office_id, format('account %s of %s says debits %s, credits %s, journals %s, its lines %s, %s, %s', a.bucket, a.subject, a.debits, a.credits,
       a.journals, p.debits, p.credits, p.journals) AS what
FROM linli.account a
JOIN LATERAL (
    SELECT coalesce(sum(p.amount_fen) FILTER (WHERE p.side = 'D'), 0) AS debits, coalesce(sum(p.amount_fen) FILTER (WHERE p.side = 'C'), 0) AS credits,
           count(DISTINCT p.journal_id) AS journals
    FROM linli.posting p
    WHERE p.office_id = a.office_id AND p.appropriation_id = a.appropriation_id AND p.bucket = a.bucket AND p.subject = a.subject) p ON true
WHERE a.debits <> p.debits OR a.credits <> p.credits OR a.journals <> p.journals
   OR a.bucket <> 'authority' AND a.credits < a.debits
ORDER BY a.office_id, a.appropriation_id, a.bucket, a.subject LIMIT 1000
