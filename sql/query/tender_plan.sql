-- The rules of the game as they were frozen: what bidders prepare by, and what a stranger recomputes with.
SELECT t.id, t.number, t.category, t.regime, t.budget_fen, t.ceiling_fen, t.published, t.deadline, t.mechanism, t.mechanism_version,
       t.mechanism_sha256, t.scheme, t.scheme_version, t.scheme_sha256, t.options, t.scheme_options, t.acceptance, t.rule_set, t.rules, t.plan,
       (SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('no', l.no, 'budget', to_char(l.budget_fen / 100.0, 'FM9999999999990.00'),
            'ceiling', to_char(l.ceiling_fen / 100.0, 'FM9999999999990.00'))) ORDER BY l.no)
        FROM linli.lot l WHERE l.office_id = t.office_id AND l.tender_id = t.id) AS lots
FROM linli.tender t WHERE t.office_id = $1::integer AND t.id = $2::uuid AND t.published IS NOT NULL
