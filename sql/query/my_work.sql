-- All bids, contracts and tasks of the actor's organisations, at every office, in one answer.
SELECT
    (SELECT COALESCE(jsonb_agg(x ORDER BY x ->> 'received' DESC), '[]') FROM (
        SELECT jsonb_build_object('id', b.id, 'office', b.office_id, 'tender', b.tender_id, 'number', t.number, 'title', t.title,
               'lot', b.lot_no, 'state', b.state, 'tender_state', t.state,
               'received', to_char(b.received AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
               'deadline', to_char(t.deadline AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) AS x
        FROM linli.bid b JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
        WHERE b.organisation_id = ANY ($1::uuid[]) AND b.state NOT IN ('replaced', 'withdrawn')
        ORDER BY b.received DESC LIMIT 500) q) AS bids,
    (SELECT COALESCE(jsonb_agg(x ORDER BY x ->> 'number'), '[]') FROM (
        SELECT jsonb_build_object('id', c.id, 'office', c.office_id, 'number', c.number, 'state', c.state,
               'amount', to_char(c.amount_fen / 100.0, 'FM9999999999990.00'), 'starts', c.starts, 'ends', c.ends) AS x
        FROM linli.contract c WHERE c.organisation_id = ANY ($1::uuid[])
        ORDER BY c.starts DESC LIMIT 500) q) AS contracts,
    (SELECT COALESCE(jsonb_agg(x), '[]') FROM (
        SELECT jsonb_build_object('task', 'sign', 'office', c.office_id, 'contract', c.id, 'number', c.number) AS x
        FROM linli.contract c
        WHERE c.organisation_id = ANY ($1::uuid[]) AND c.state = 'draft' AND c.signed_organisation_at IS NULL
        UNION ALL
        SELECT jsonb_build_object('task', 'report', 'office', r.office_id, 'contract', c.id, 'tranche', r.id, 'code', r.code,
               'amount', to_char(r.amount_fen / 100.0, 'FM9999999999990.00'), 'due', r.due_on, 'returned', r.state = 'refused')
        FROM linli.contract c JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
        WHERE c.organisation_id = ANY ($1::uuid[]) AND c.state = 'signed' AND r.trigger_on IN ('milestone', 'acceptance')
          AND r.state IN ('planned', 'refused')) q) AS tasks
