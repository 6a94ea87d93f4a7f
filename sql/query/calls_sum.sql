-- What the call-offs under a lot take of its budget, beside one of them: what was awarded, or the budget while that is open.
SELECT coalesce(sum(coalesce((SELECT sum(w.amount_fen) FROM linli.award w WHERE w.office_id = t.office_id AND w.tender_id = t.id AND w.standing = 'winner'
           AND w.state IN ('contracted', 'closed', 'stopped')), t.budget_fen)), 0)::bigint AS taken_fen
FROM linli.tender t
WHERE t.office_id = $1::integer AND t.under = $2::uuid AND t.state NOT IN ('void', 'cancelled') AND t.id IS DISTINCT FROM $3::uuid
