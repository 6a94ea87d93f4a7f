-- A signed contract as the acts on it need it: what it was worth at first, what was added, accepted, let out, paid and came back.  What was
-- set off never went out: the payments are less by it already.
SELECT c.id, c.number, c.state, c.organisation_id, c.amount_fen, c.starts, c.ends, c.retention_until, f.starts AS first_starts, c.terms, c.year_no, w.lot_id, w.bid_id, w.announced, x.grown_fen + v.raised_fen AS grown_fen,
       c.amount_fen - x.grown_fen - v.raised_fen AS first_fen, x.changes, y.accepted_fen, y.out_fen, y.paid_fen, y.recovered_fen, z.asked_fen
FROM linli.contract c
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
JOIN linli.contract f ON f.office_id = c.office_id AND f.award_id = c.award_id AND f.year_no = 1
JOIN LATERAL (SELECT coalesce(sum(amount_fen) FILTER (WHERE kind = 'supplement' AND state = 'approved'), 0)::bigint AS grown_fen, count(*) AS changes
              FROM linli.contract_change WHERE office_id = c.office_id AND contract_id = c.id) x ON true
-- What another year was drawn up above the price of the award is a supplement of it.
JOIN LATERAL (SELECT CASE WHEN c.renews IS NULL THEN 0 ELSE greatest(c.amount_fen - x.grown_fen - w.amount_fen, 0) END AS raised_fen) v ON true
JOIN LATERAL (SELECT coalesce(sum(accepted_fen), 0)::bigint AS accepted_fen, coalesce(sum(released_fen), 0)::bigint AS out_fen,
                     coalesce(sum(paid_fen), 0)::bigint AS paid_fen, coalesce(sum(recovered_fen), 0)::bigint AS recovered_fen
              FROM linli.tranche WHERE office_id = c.office_id AND contract_id = c.id) y ON true
JOIN LATERAL (SELECT coalesce(sum(amount_fen - recovered_fen) FILTER (WHERE state IN ('proposed', 'demanded')), 0)::bigint AS asked_fen
              FROM linli.recovery WHERE office_id = c.office_id AND contract_id = c.id) z ON true
WHERE c.office_id = $1::integer AND c.id = $2::uuid
