-- The budget of a contract, for the answer of an act on it.
SELECT c.id AS contract, c.amount_fen,
       (SELECT jsonb_agg(jsonb_build_object('code', b.code, 'name', b.name, 'kind', b.kind, 'planned', to_char((b.planned_fen) / 100.0, 'FM9999999999990.00'), 'moved', to_char((b.moved_fen) / 100.0, 'FM9999999999990.00'),
                                            'now', to_char((b.planned_fen + b.moved_fen) / 100.0, 'FM9999999999990.00'), 'spent', to_char((b.spent_fen) / 100.0, 'FM9999999999990.00')) ORDER BY b.code)
        FROM linli.budget_line b WHERE b.office_id = c.office_id AND b.contract_id = c.id) AS lines,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'from', s.from_code, 'to', s.to_code, 'amount', to_char((s.amount_fen) / 100.0, 'FM9999999999990.00'), 'reason', s.reason,
                                                     'state', s.state, 'note', s.note) ORDER BY s.proposed, s.id), '[]')
        FROM linli.budget_shift s WHERE s.office_id = c.office_id AND s.contract_id = c.id) AS shifts,
       c.version AS _version
FROM linli.contract c
WHERE c.office_id = $1::integer AND c.id = $2::uuid
