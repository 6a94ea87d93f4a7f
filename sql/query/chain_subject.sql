-- What an approval chain is chosen by, of whatever an act may be about.
SELECT 'list' AS kind, NULL::text AS regime, coalesce((SELECT sum(e.budget_fen) FROM linli.list_entry e
        WHERE e.office_id = l.office_id AND e.list_id = l.id AND e.state NOT IN ('stopped', 'dropped')), 0)::bigint AS amount_fen,
    l.version, l.created_by AS drawn_by
FROM linli.list l WHERE l.office_id = $1::integer AND l.id = $2::uuid
UNION ALL
SELECT 'tender', t.regime, t.budget_fen, t.version, t.created_by
FROM linli.tender t WHERE t.office_id = $1::integer AND t.id = $2::uuid
UNION ALL
SELECT 'lot', t.regime, l.budget_fen, l.version, NULL
FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
WHERE l.office_id = $1::integer AND l.id = $2::uuid
UNION ALL
SELECT 'payment', t.regime, p.amount_fen, p.version, p.maker
FROM linli.payment p
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE p.office_id = $1::integer AND p.id = $2::uuid
UNION ALL
SELECT 'award', t.regime, w.amount_fen, w.version, w.decided_by
FROM linli.award w JOIN linli.tender t ON t.office_id = w.office_id AND t.id = w.tender_id
WHERE w.office_id = $1::integer AND w.id = $2::uuid
UNION ALL
-- A contract by what is to become of it, where that is a sum.
SELECT 'contract', t.regime, coalesce(x.amount_fen, c.amount_fen), c.version, coalesce(x.proposed_by, c.drawn_up_by)
FROM linli.contract c
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
LEFT JOIN linli.contract_change x ON x.office_id = c.office_id AND x.contract_id = c.id AND x.state = 'proposed'
WHERE c.office_id = $1::integer AND c.id = $2::uuid
UNION ALL
-- Of money asked back, what is still missing.
SELECT 'recovery', t.regime, r.amount_fen - r.recovered_fen, r.version, r.proposed_by
FROM linli.recovery r
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE r.office_id = $1::integer AND r.id = $2::uuid
UNION ALL
SELECT 'deduction', t.regime, d.amount_fen, 1, d.proposed_by
FROM linli.deduction d
JOIN linli.contract c ON c.office_id = d.office_id AND c.id = d.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE d.office_id = $1::integer AND d.id = $2::uuid
UNION ALL
SELECT 'withdrawal', t.regime, w.amount_fen, 1, w.proposed_by
FROM linli.withdrawal w
JOIN linli.tranche r ON r.office_id = w.office_id AND r.id = w.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE w.office_id = $1::integer AND w.id = $2::uuid
UNION ALL
-- A reversal by what its journal moved; it stays as it was asked for.
SELECT 'reversal', t.regime, (SELECT sum(p.amount_fen) FROM linli.posting p WHERE p.office_id = v.office_id AND p.journal_id = v.journal_id AND p.side = 'D')::bigint,
    1, v.proposed_by
FROM linli.reversal v
JOIN linli.journal j ON j.office_id = v.office_id AND j.id = v.journal_id
LEFT JOIN linli.receipt x ON x.office_id = j.office_id AND x.id = j.source
LEFT JOIN linli.recovery r ON r.office_id = x.office_id AND r.id = x.recovery_id
LEFT JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
LEFT JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE v.office_id = $1::integer AND v.id = $2::uuid
UNION ALL
-- A transfer by what it moves, what is carried over by what was not spent; money of one regime by its chain.
SELECT 'transfer', CASE cardinality(f.regimes) WHEN 1 THEN f.regimes[1] END,
    coalesce(x.amount_fen, (SELECT sum(y.credits - y.debits) FROM linli.account y WHERE y.office_id = x.office_id
                            AND y.appropriation_id = x.appropriation_id AND y.bucket IN ('available', 'reserved', 'committed', 'payable')), 0)::bigint,
    1, x.proposed_by
FROM linli.transfer x
JOIN linli.appropriation a ON a.office_id = x.office_id AND a.id = x.appropriation_id
JOIN linli.fund f ON f.office_id = a.office_id AND f.id = a.fund_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
UNION ALL
SELECT 'batch', CASE cardinality(f.regimes) WHEN 1 THEN f.regimes[1] END, b.total_fen, b.version, b.maker
FROM linli.batch b JOIN linli.fund f ON f.office_id = b.office_id AND f.id = b.fund_id
WHERE b.office_id = $1::integer AND b.id = $2::uuid
UNION ALL
-- An objection by what is at stake.
SELECT 'objection', t.regime, coalesce(l.budget_fen, t.budget_fen), o.version, NULL
FROM linli.objection o
JOIN linli.tender t ON t.office_id = o.office_id AND t.id = o.tender_id
LEFT JOIN linli.lot l ON l.office_id = o.office_id AND l.id = o.lot_id
WHERE o.office_id = $1::integer AND o.id = $2::uuid
UNION ALL
SELECT 'notice', t.regime, coalesce(t.budget_fen, 0), 0, NULL
FROM linli.notice n LEFT JOIN linli.tender t ON t.office_id = n.office_id AND t.id = n.tender_id
WHERE n.office_id = $1::integer AND n.id = $2::uuid
