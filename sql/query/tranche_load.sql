-- A tranche with what its contract bound, accepted and released so far.
SELECT r.id, r.no, r.code, r.state, r.advance, r.amount_fen, r.accepted_fen, r.released_fen, r.paid_fen, r.recovered_fen,
       r.trigger_on, r.due_on, r.contract_id,
       c.state AS contract_state, c.organisation_id, c.award_id, c.year_no, c.amount_fen AS contract_fen, c.retention_ppm, w.lot_id, w.bid_id,
       x.contract_accepted_fen, x.contract_advance_fen, x.contract_out_fen, x.contract_kept_fen, x.others_open = 0 AS last,
       x.others_held = 0 AS last_out
FROM linli.tranche r
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
JOIN LATERAL (
    SELECT sum(o.accepted_fen)::bigint AS contract_accepted_fen, coalesce(sum(o.amount_fen) FILTER (WHERE o.advance), 0)::bigint AS contract_advance_fen,
           sum(o.released_fen)::bigint AS contract_out_fen,
           count(*) FILTER (WHERE o.id <> r.id AND NOT o.advance AND o.code <> 'retention'
                            AND o.state IN ('planned', 'reported', 'refused')) AS others_open,
           count(*) FILTER (WHERE o.id <> r.id AND o.state NOT IN ('released', 'paid') AND o.code <> 'retention') AS others_held,
           coalesce(sum(o.amount_fen) FILTER (WHERE o.id <> r.id AND o.code = 'retention' AND o.state = 'planned'), 0)::bigint AS contract_kept_fen
    FROM linli.tranche o WHERE o.office_id = r.office_id AND o.contract_id = r.contract_id) x ON true
WHERE r.office_id = $1::integer AND r.id = $2::uuid
