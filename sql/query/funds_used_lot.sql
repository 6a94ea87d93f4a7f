-- What is published when the use of a campaign's money is reported (慈善法 §79): every contract of the lot, what it was paid and what came back.
SELECT jsonb_strip_nulls(jsonb_build_object(
    'number', t.number, 'project', t.title, 'lot', l.id, 'lot_title', l.title, 'budget', linli.yuan(l.budget_fen), 'amount', linli.yuan(s.amount_fen),
    'paid', linli.yuan(s.paid_fen), 'recovered', linli.yuan(s.recovered_fen), 'unused', linli.yuan(l.budget_fen - s.paid_fen + s.recovered_fen),
    'reported', $3::date, 'reference', $4::text, 'sources',
        (SELECT jsonb_agg(jsonb_build_object('name', p.name, 'origin', p.origin, 'year', p.year) ORDER BY p.name, p.year)
         FROM linli.appropriation p WHERE p.office_id = t.office_id
           AND p.id IN (SELECT x.appropriation_id FROM linli.source x WHERE x.office_id = t.office_id AND x.owner_id = t.id)),
    'uses', s.uses)) AS body
FROM linli.lot l
JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(c.amount_fen), 0) AS amount_fen, coalesce(sum(k.paid_fen), 0) AS paid_fen, coalesce(sum(k.recovered_fen), 0) AS recovered_fen,
           coalesce(jsonb_agg(jsonb_build_object('number', c.number, 'contractor', linli.named_then(c.organisation_id, c.signed), 'amount', linli.yuan(c.amount_fen),
                                                 'paid', linli.yuan(k.paid_fen), 'recovered', linli.yuan(k.recovered_fen)) ORDER BY c.number), '[]') AS uses
    FROM linli.award w JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id AND c.signed IS NOT NULL
    CROSS JOIN LATERAL (SELECT coalesce(sum(r.paid_fen), 0) AS paid_fen, coalesce(sum(r.recovered_fen), 0) AS recovered_fen
                        FROM linli.tranche r WHERE r.office_id = c.office_id AND r.contract_id = c.id) k
    WHERE w.office_id = l.office_id AND w.lot_id = l.id) s
WHERE l.office_id = $1::integer AND l.id = $2::uuid
