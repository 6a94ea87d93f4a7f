-- Whether a signed contract was begun: what was reported or accepted of it, what is out and not back; who is next, and whether others
-- of its lot run.
SELECT c.state, w.id AS award_id, w.lot_id, w.bid_id, c.organisation_id,
       EXISTS (SELECT FROM linli.delivery d JOIN linli.tranche r ON r.office_id = d.office_id AND r.id = d.tranche_id
               WHERE r.office_id = c.office_id AND r.contract_id = c.id)
       OR EXISTS (SELECT FROM linli.tranche r WHERE r.office_id = c.office_id AND r.contract_id = c.id AND r.accepted_fen > 0) AS begun,
       (SELECT coalesce(sum(r.released_fen - r.recovered_fen), 0)::bigint FROM linli.tranche r
        WHERE r.office_id = c.office_id AND r.contract_id = c.id) AS out_fen,
       (SELECT count(*) FROM linli.award o WHERE o.office_id = w.office_id AND o.lot_id = w.lot_id AND o.id <> w.id
           AND o.state IN ('contracted', 'closed')) AS others,
       (SELECT coalesce(max(o.amount_fen), 0)::bigint FROM linli.award o WHERE o.office_id = w.office_id AND o.lot_id = w.lot_id
           AND o.standing = 'reserve' AND o.state = 'announced') AS next_fen
FROM linli.contract c JOIN linli.award w ON w.office_id = c.office_id AND w.id = c.award_id
WHERE c.office_id = $1::integer AND c.id = $2::uuid
