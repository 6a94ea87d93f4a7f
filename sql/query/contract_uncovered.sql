-- What a closed contract let out beyond what was accepted of it, and is not asked back yet.  One that asked for no acceptance has nothing.
SELECT coalesce((SELECT sum(r.released_fen) - sum(r.accepted_fen) FROM linli.tranche r
                 WHERE r.office_id = c.office_id AND r.contract_id = c.id
                 HAVING bool_or(NOT r.advance AND r.trigger_on IN ('milestone', 'acceptance'))), 0)::bigint
       - coalesce((SELECT sum(CASE x.state WHEN 'refused' THEN 0 ELSE x.amount_fen END) FROM linli.recovery x
                   WHERE x.office_id = c.office_id AND x.contract_id = c.id), 0)::bigint AS uncovered_fen
FROM linli.contract c WHERE c.office_id = $1::integer AND c.id = $2::uuid AND c.state = 'closed'
