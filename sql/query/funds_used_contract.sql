-- What is published of the settled account of a project: its budget, and what was spent, by line.
SELECT jsonb_build_object(
    'number', c.number, 'tender', t.number, 'project', t.title, 'contractor', linli.named_then(c.organisation_id, c.signed), 'amount', linli.yuan(c.amount_fen),
    'paid', linli.yuan((SELECT coalesce(sum(r.paid_fen - r.recovered_fen), 0) FROM linli.tranche r WHERE r.office_id = c.office_id AND r.contract_id = c.id)),
    'planned', linli.yuan(b.planned_fen), 'spent', linli.yuan(b.spent_fen), 'unspent', linli.yuan($3::bigint), 'lines', b.lines) AS body
FROM linli.contract c
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
CROSS JOIN LATERAL (SELECT sum(x.planned_fen) AS planned_fen, sum(x.spent_fen) AS spent_fen,
                           jsonb_agg(jsonb_build_object('name', x.name, 'kind', x.kind, 'planned', linli.yuan(x.planned_fen),
                                                        'now', linli.yuan(x.planned_fen + x.moved_fen), 'spent', linli.yuan(x.spent_fen)) ORDER BY x.code) AS lines
                    FROM linli.budget_line x WHERE x.office_id = c.office_id AND x.contract_id = c.id) b
WHERE c.office_id = $1::integer AND c.id = $2::uuid
