-- Whether a payment of a tranche is ordered, on its way or made, and what of its contract would stay out, if it were taken back, beyond what
-- came back and what is asked back.
SELECT EXISTS (SELECT FROM linli.payment y WHERE y.office_id = r.office_id AND y.tranche_id = r.id
               AND y.state NOT IN ('failed', 'returned', 'refused')) AS ordered,
       ((SELECT sum(o.released_fen - o.recovered_fen) FROM linli.tranche o WHERE o.office_id = r.office_id AND o.contract_id = r.contract_id)
        - r.released_fen
        - coalesce((SELECT sum(d.amount_fen - d.recovered_fen) FROM linli.recovery d WHERE d.office_id = r.office_id AND d.contract_id = r.contract_id
                    AND d.state IN ('proposed', 'demanded')), 0))::bigint AS left_fen
FROM linli.tranche r WHERE r.office_id = $1::integer AND r.id = $2::uuid
