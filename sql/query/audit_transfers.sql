-- I11: what moved to another appropriation, lapsed, was budgeted again or was taken back is what two people agreed on, and left what donors gave
-- it for with their consent.
(SELECT j.office_id, format('journal %s (%s) moves what nobody agreed on', j.id, j.kind) AS what
FROM linli.journal j
LEFT JOIN linli.transfer x ON x.office_id = j.office_id AND x.id = j.source AND x.kind = j.kind AND x.state = 'approved' AND x.decided_by <> x.proposed_by
LEFT JOIN linli.appropriation a ON a.office_id = x.office_id AND a.id = x.appropriation_id
LEFT JOIN linli.appropriation b ON b.office_id = x.office_id AND b.id = x.to_id
WHERE j.kind IN ('transfer', 'lapse', 'again') AND (x.id IS NULL
    OR j.kind <> 'again' AND x.consent_id IS NULL AND (a.restriction IS NOT NULL AND a.restriction IS DISTINCT FROM b.restriction
                                                       OR a.origin = 'donor' AND b.fund_id <> a.fund_id)
    OR j.kind = 'again' AND (b.year <= a.year OR (SELECT sum(p.amount_fen) FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id
                                                  AND p.side = 'C' AND p.subject = coalesce(x.contract_id, x.tender_id)) IS DISTINCT FROM x.amount_fen)
    OR EXISTS (SELECT 1 FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id
               AND (j.kind <> 'again' AND p.amount_fen <> x.amount_fen OR p.appropriation_id NOT IN (x.appropriation_id, coalesce(x.to_id, x.appropriation_id)))))
ORDER BY j.office_id, j.id LIMIT 1000)
UNION ALL
(SELECT j.office_id, format('journal %s (%s) moves what nobody agreed on', j.id, j.kind)
FROM linli.journal j
WHERE j.kind = 'withdraw' AND NOT EXISTS (
    SELECT FROM linli.withdrawal w WHERE w.office_id = j.office_id AND w.tranche_id = j.source AND w.state = 'approved' AND w.decided_by <> w.proposed_by
       AND w.amount_fen = (SELECT sum(p.amount_fen) FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id AND p.side = 'D'))
ORDER BY j.office_id, j.id LIMIT 1000)
