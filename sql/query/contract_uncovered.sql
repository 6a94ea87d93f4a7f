-- What a contract let out beyond its value and is not asked back yet: that of an ended one $3, of a closed one what was accepted of it (one
-- that asked for no acceptance has nothing).  What its evaluations and penalties cost was not earned.  Of a demand, what was set off never
-- went out.
SELECT coalesce((SELECT sum(r.released_fen) - coalesce($3::bigint, sum(r.accepted_fen)) + sum(coalesce(p.score_fen, 0)) FROM linli.tranche r
                 LEFT JOIN linli.payable p ON p.office_id = r.office_id AND p.tranche_id = r.id
                 WHERE r.office_id = c.office_id AND r.contract_id = c.id
                 HAVING $3::bigint IS NOT NULL OR bool_or(NOT r.advance AND r.trigger_on IN ('milestone', 'acceptance')))
                + (SELECT coalesce(sum(d.taken_fen), 0) FROM linli.deduction d WHERE d.office_id = c.office_id AND d.contract_id = c.id), 0)::bigint
       - coalesce((SELECT sum(CASE x.state WHEN 'refused' THEN 0 ELSE x.amount_fen - x.set_off_fen END) FROM linli.recovery x
                   WHERE x.office_id = c.office_id AND x.contract_id = c.id), 0)::bigint AS uncovered_fen
FROM linli.contract c WHERE c.office_id = $1::integer AND c.id = $2::uuid AND (c.state = 'closed' OR $3::bigint IS NOT NULL)
