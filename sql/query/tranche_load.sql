-- A tranche with what its contract bound, accepted and released so far.
SELECT r.id, r.no, r.code, r.state, r.advance, r.amount_fen, r.accepted_fen, r.released_fen, r.paid_fen, r.recovered_fen,
       r.trigger_on, r.due_on, r.contract_id,
       c.state AS contract_state, c.organisation_id, c.award_id, c.year_no, c.amount_fen AS contract_fen, c.retention_ppm, c.retention_until, w.lot_id, w.bid_id,
       x.contract_accepted_fen, x.contract_advance_fen, x.contract_out_fen, y.contract_off_fen, x.contract_kept_fen, x.retention_out, x.others_open = 0 AS last,
       x.others_held = 0 AS last_out
FROM linli.tranche r
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
JOIN LATERAL (
    SELECT sum(o.accepted_fen)::bigint AS contract_accepted_fen, coalesce(sum(o.amount_fen) FILTER (WHERE o.advance), 0)::bigint AS contract_advance_fen,
           coalesce(sum(o.released_fen) FILTER (WHERE o.id <> r.id), 0)::bigint AS contract_out_fen,
           coalesce(bool_or(o.code = 'retention' AND o.state <> 'planned'), false) AS retention_out,
           count(*) FILTER (WHERE o.id <> r.id AND NOT o.advance AND o.code <> 'retention'
                            AND o.state IN ('planned', 'reported', 'refused')) AS others_open,
           count(*) FILTER (WHERE o.id <> r.id AND o.state NOT IN ('released', 'paid', 'stopped') AND o.code <> 'retention') AS others_held,
           coalesce(sum(o.amount_fen) FILTER (WHERE o.id <> r.id AND o.code = 'retention' AND o.state = 'planned'), 0)::bigint AS contract_kept_fen
    FROM linli.tranche o WHERE o.office_id = r.office_id AND o.contract_id = r.contract_id) x ON true
JOIN LATERAL (
    SELECT coalesce(sum(p.score_fen + p.deducted_fen + p.set_off_fen), 0)::bigint AS contract_off_fen
    FROM linli.tranche o JOIN linli.payable p ON p.office_id = o.office_id AND p.tranche_id = o.id
    WHERE o.office_id = r.office_id AND o.contract_id = r.contract_id AND o.id <> r.id) y ON true
WHERE r.office_id = $1::integer AND r.id = $2::uuid
