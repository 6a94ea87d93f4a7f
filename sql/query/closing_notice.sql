-- What is published of a project that was granted and is over: done and paid to the end (结项), or, where a tranche was
-- stopped or the contract terminated, ended before it.
SELECT jsonb_strip_nulls(jsonb_build_object(
    'number', c.number, 'tender', t.number, 'project', t.title, 'contractor', linli.named_then(c.organisation_id, c.signed),
    'starts', c.starts, 'ends', c.ends, 'amount', linli.yuan(c.amount_fen), 'accepted', linli.yuan(s.accepted_fen), 'paid', linli.yuan(s.paid_fen),
    'recovered', linli.yuan(s.recovered_fen), 'unused', linli.yuan(c.amount_fen - s.paid_fen + s.recovered_fen),
    'score', trim_scale(d.score_micro / 1000000.0)::text, 'grade', d.grade)) AS body,
       c.state = 'stopped' OR s.stopped AS stopped
FROM linli.contract c
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
CROSS JOIN LATERAL (SELECT coalesce(sum(r.accepted_fen), 0) AS accepted_fen, coalesce(sum(r.paid_fen), 0) AS paid_fen, coalesce(sum(r.recovered_fen), 0) AS recovered_fen,
                           bool_or(r.state = 'stopped' AND r.amount_fen > 0) AS stopped
                    FROM linli.tranche r WHERE r.office_id = c.office_id AND r.contract_id = c.id) s
LEFT JOIN LATERAL (SELECT d.score_micro, d.grade FROM linli.delivery d JOIN linli.tranche r ON r.office_id = d.office_id AND r.id = d.tranche_id
                   WHERE d.office_id = c.office_id AND r.contract_id = c.id AND d.finding = 'accepted' ORDER BY r.no DESC, d.found DESC LIMIT 1) d ON true
WHERE c.office_id = $1::integer AND c.id = $2::uuid AND c.state IN ('closed', 'stopped') AND c.signed IS NOT NULL
