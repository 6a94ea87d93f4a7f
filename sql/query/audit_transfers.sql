-- I11: what moved to another appropriation, or lapsed, is what two people agreed on, and left what donors gave it for with their consent.
SELECT j.office_id, format('journal %s (%s) moves what nobody agreed on', j.id, j.kind) AS what
FROM linli.journal j
LEFT JOIN linli.transfer x ON x.office_id = j.office_id AND x.id = j.source AND x.kind = j.kind AND x.state = 'approved' AND x.decided_by <> x.proposed_by
LEFT JOIN linli.appropriation a ON a.office_id = x.office_id AND a.id = x.appropriation_id
LEFT JOIN linli.appropriation b ON b.office_id = x.office_id AND b.id = x.to_id
WHERE j.kind IN ('transfer', 'lapse') AND (x.id IS NULL OR a.restriction IS NOT NULL AND a.restriction IS DISTINCT FROM b.restriction AND x.consent_id IS NULL
    OR a.origin = 'donor' AND b.fund_id <> a.fund_id AND x.consent_id IS NULL
    OR EXISTS (SELECT 1 FROM linli.posting p WHERE p.office_id = j.office_id AND p.journal_id = j.id
               AND (p.amount_fen <> x.amount_fen OR p.appropriation_id NOT IN (x.appropriation_id, coalesce(x.to_id, x.appropriation_id)))))
ORDER BY j.office_id, j.id LIMIT 1000
