-- The call-offs under the agreements of a lot, and what came of them.
SELECT t.id, t.number, t.title, t.state, t.budget_fen, t.published, t.deadline,
       (SELECT jsonb_agg(jsonb_build_object('name', g.name, 'amount', (w.amount_fen / 100)::text || '.' || lpad((w.amount_fen % 100)::text, 2, '0'), 'state', w.state) ORDER BY w.place)
        FROM linli.award w JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id JOIN linli.organisation g ON g.id = c.organisation_id
        WHERE w.office_id = t.office_id AND w.tender_id = t.id AND c.signed IS NOT NULL) AS contracts
FROM linli.tender t
WHERE t.office_id = $1::integer AND t.under = $2::uuid AND t.published IS NOT NULL
ORDER BY t.published, t.id
