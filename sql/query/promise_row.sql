-- A promise, found by itself or by one of its evidence.
SELECT m.id, m.contract_id AS contract, m.kind, m.promised_by AS "by", m.rule, m.award_id AS award, m.amount_fen,
       (SELECT coalesce(sum(e.amount_fen) FILTER (WHERE e.state = 'accepted'), 0)::bigint FROM linli.evidence e WHERE e.office_id = m.office_id AND e.promise_id = m.id) AS confirmed_fen,
       (SELECT jsonb_agg(jsonb_build_object('id', e.id, 'what', e.what, 'amount', linli.yuan(e.amount_fen), 'state', e.state) ORDER BY e.entered, e.id)
        FROM linli.evidence e WHERE e.office_id = m.office_id AND e.promise_id = m.id) AS evidence, m.recorded, m.withdrawn, m.note
FROM linli.promise m JOIN linli.contract c ON c.office_id = m.office_id AND c.id = m.contract_id
WHERE m.office_id = $1::integer AND m.id = coalesce((SELECT e.promise_id FROM linli.evidence e WHERE e.office_id = $1::integer AND e.id = $2::uuid), $2::uuid)
