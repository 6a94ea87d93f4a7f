SELECT r.id, r.no, r.code, r.state, r.advance, r.amount_fen, r.accepted_fen, r.released_fen, r.paid_fen, r.contract_id,
       c.state AS contract_state, c.organisation_id, c.award_id, c.amount_fen AS contract_fen, w.lot_id, w.bid_id,
       (SELECT sum(x.accepted_fen) FROM linli.tranche x WHERE x.office_id = r.office_id AND x.contract_id = r.contract_id)::bigint AS contract_accepted_fen,
       NOT EXISTS (SELECT 1 FROM linli.tranche x WHERE x.office_id = r.office_id AND x.contract_id = r.contract_id AND x.id <> r.id
                     AND x.state IN ('planned', 'reported', 'refused') AND NOT x.advance) AS last
FROM linli.tranche r
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
WHERE r.office_id = $1::integer AND r.id = $2::uuid
