-- I5: a journal is reversed once, by its mirror image, for a reversal two people agreed on.
SELECT j.office_id, format('journal %s does not reverse %s as it should', j.id, coalesce(j.reverses::text, 'any other')) AS what
FROM linli.journal j
LEFT JOIN linli.reversal r ON r.office_id = j.office_id AND r.id = j.source AND r.state = 'approved' AND r.decided_by <> r.proposed_by
WHERE (j.kind = 'reverse') <> (j.reverses IS NOT NULL) OR j.kind = 'reverse' AND (r.id IS NULL
    OR (SELECT count(*) FROM linli.journal o WHERE o.office_id = j.office_id AND o.reverses = j.reverses) <> 1
    OR EXISTS (
        SELECT p.appropriation_id, p.bucket, p.subject, p.amount_fen, p.side FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id
        EXCEPT ALL
        SELECT o.appropriation_id, o.bucket, o.subject, o.amount_fen, CASE o.side WHEN 'D' THEN 'C' ELSE 'D' END FROM linli.posting o
        WHERE o.office_id = j.office_id AND o.journal_id = j.reverses))
ORDER BY j.office_id, j.id LIMIT 1000
