-- The lines of a budget, with what was moved out of and into each so far.
SELECT b.code, b.kind, b.planned_fen, b.moved_fen, b.spent_fen, b.settled,
       coalesce((SELECT sum(s.amount_fen) FROM linli.budget_shift s WHERE s.office_id = b.office_id AND s.contract_id = b.contract_id
                 AND s.from_code = b.code AND s.state <> 'refused'), 0)::bigint AS out_fen,
       coalesce((SELECT sum(s.amount_fen) FROM linli.budget_shift s WHERE s.office_id = b.office_id AND s.contract_id = b.contract_id
                 AND s.to_code = b.code AND s.state <> 'refused'), 0)::bigint AS in_fen
FROM linli.budget_line b WHERE b.office_id = $1::integer AND b.contract_id = $2::uuid ORDER BY b.code
