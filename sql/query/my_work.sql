-- Everything that waits for the actor, at every office, in one answer: its tasks by role, post, seat or name ($2: "office:role"
-- for each it holds), and all bids, contracts and tasks of its organisations: what is theirs as the lead party, and what they
-- see as another one (lead: false).  Who watches finds what waits for others at each office.
WITH own AS MATERIALIZED (
    SELECT c.office_id, c.id FROM linli.contract c WHERE c.organisation_id = ANY ($1::uuid[])
    UNION SELECT p.office_id, p.contract_id FROM linli.contract_party p WHERE p.organisation_id = ANY ($1::uuid[])
    UNION SELECT c.office_id, c.id FROM linli.bids_of($1::uuid[]) m
    JOIN linli.award a ON a.office_id = m.office_id AND a.bid_id = m.bid_id
    JOIN linli.contract c ON c.office_id = a.office_id AND c.award_id = a.id),
all_of AS MATERIALIZED (
SELECT
    (SELECT COALESCE(jsonb_agg(x ORDER BY x ->> 'received' DESC), '[]') FROM (
        SELECT jsonb_build_object('id', b.id, 'office', b.office_id, 'tender', b.tender_id, 'number', t.number, 'title', t.title,
               'lead', b.organisation_id = ANY ($1::uuid[]), 'lot', b.lot_no, 'state', b.state, 'tender_state', t.state,
               'void_reason', b.void_reason, 'not_admitted', CASE WHEN linli.told(l.state) THEN b.not_admitted END,
               'received', to_char(b.received AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
               'deadline', to_char(t.deadline AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) AS x
        FROM linli.bid b JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
        LEFT JOIN linli.lot l ON l.office_id = b.office_id AND l.tender_id = b.tender_id AND l.no = b.lot_no
        WHERE (b.office_id, b.id) IN (SELECT m.office_id, m.bid_id FROM linli.bids_of($1::uuid[]) m) AND b.state NOT IN ('replaced', 'withdrawn')
        ORDER BY b.received DESC LIMIT 501) q) AS bids,
    (SELECT COALESCE(jsonb_agg(x ORDER BY x ->> 'starts' DESC NULLS LAST, x ->> 'number'), '[]') FROM (
        SELECT jsonb_build_object('id', c.id, 'office', c.office_id, 'number', c.number, 'state', c.state,
               'lead', c.organisation_id = ANY ($1::uuid[]),
               'amount', to_char(c.amount_fen / 100.0, 'FM9999999999990.00'), 'starts', c.starts, 'ends', c.ends) AS x
        FROM linli.contract c
        WHERE c.id IN (SELECT k.id FROM own k WHERE k.office_id = c.office_id)
        ORDER BY c.starts DESC NULLS LAST, c.number LIMIT 501) q) AS contracts,
    (SELECT COALESCE(jsonb_agg(x ORDER BY x ->> 'due', x ->> 'since'), '[]') FROM (
        SELECT jsonb_build_object('task', 'sign', 'lead', c.organisation_id = ANY ($1::uuid[]), 'office', c.office_id, 'contract', c.id, 'number', c.number,
               'title', t.title, 'act', 'contract_sign', 'path', '/contracts/' || c.id) AS x
        FROM linli.contract c JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
        WHERE c.id IN (SELECT k.id FROM own k WHERE k.office_id = c.office_id) AND c.state = 'draft'
          AND coalesce((SELECT bool_or(p.signed IS NULL) FROM linli.contract_party p WHERE p.office_id = c.office_id AND p.contract_id = c.id
                        AND p.organisation_id = ANY ($1::uuid[])), c.signed_organisation_at IS NULL)
        UNION ALL
        SELECT jsonb_build_object('task', 'confirm_opening', 'act', 'opening_answer', 'path', '/bids/' || b.id, 'lead', true, 'office', b.office_id, 'bid', b.id, 'tender', t.id, 'number', t.number, 'title', t.title,
               'due', to_char(t.answers_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        FROM linli.bid b JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
        WHERE b.organisation_id = ANY ($1::uuid[]) AND b.key IS NOT NULL AND t.answers_until > $4::timestamptz
          AND NOT EXISTS (SELECT FROM linli.opening_answer x WHERE x.office_id = b.office_id AND x.bid_id = b.id)
        UNION ALL
        SELECT jsonb_build_object('task', 'show_co_key', 'act', 'co_key_show', 'path', '/bids/' || b.id, 'lead', true, 'office', b.office_id, 'bid', b.id, 'tender', t.id, 'number', t.number, 'title', t.title,
               'due', to_char((t.deadline + t.co_key_minutes * interval '1 minute') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
        FROM linli.bid b JOIN linli.tender t ON t.office_id = b.office_id AND t.id = b.tender_id
        WHERE b.organisation_id = ANY ($1::uuid[]) AND b.state = 'sealed' AND b.withdrawn IS NULL AND b.co_key IS NULL
          AND t.deadline <= $4::timestamptz AND t.deadline + t.co_key_minutes * interval '1 minute' > $4::timestamptz
        UNION ALL
        SELECT jsonb_build_object('task', 'report', 'lead', c.organisation_id = ANY ($1::uuid[]), 'office', r.office_id, 'contract', c.id, 'tranche', r.id, 'code', r.code,
               'amount', to_char(r.amount_fen / 100.0, 'FM9999999999990.00'), 'due', r.due_on, 'overdue', coalesce(r.due_on < ($4::timestamptz AT TIME ZONE 'Asia/Shanghai')::date, false), 'returned', r.state = 'refused',
               'title', t.title, 'number', c.number, 'act', 'delivery_report', 'path', '/tranches/' || r.id)
        FROM linli.contract c JOIN linli.tranche r ON r.office_id = c.office_id AND r.contract_id = c.id
        JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
        WHERE c.id IN (SELECT k.id FROM own k WHERE k.office_id = c.office_id) AND c.state = 'signed' AND r.trigger_on IN ('milestone', 'acceptance')
          AND r.state IN ('planned', 'refused')
        UNION ALL
        SELECT jsonb_build_object('task', k.task, 'office', h.office, 'kind', k.kind, 'subject', k.subject, 'tender', k.tender,
               'number', k.number, 'title', k.title, 'about', k.about,
               'since', to_char(k.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
               'due', to_char(k.due AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'overdue', coalesce(k.due < $4::timestamptz, false), 'escalated', k.escalated,
               'source', k.source, 'act', k.act, 'path', k.path, 'phase_name', k.phase_name, 'place', k.place)
        FROM (SELECT split_part(x, ':', 1)::integer AS office,
                     coalesce(array_agg(split_part(x, ':', 2)) FILTER (WHERE x !~ ':(supervisor|auditor)$'), '{}') AS roles
              FROM unnest($2::text[]) x GROUP BY 1) h
        CROSS JOIN LATERAL (SELECT w.*, row_number() OVER (ORDER BY w.due NULLS LAST, w.since) AS place, d.act, d.path, ph.name AS phase_name FROM linli.tasks(h.office, $3::uuid, h.roles, $4::timestamptz, false) w
                            CROSS JOIN LATERAL linli.task_act(h.office, w.task, w.kind, w.subject, w.tender, w.about) d
                            LEFT JOIN LATERAL (SELECT x -> 'name' AS name FROM linli.tender t, jsonb_array_elements(t.plan -> 'phases') x
                                               WHERE t.office_id = h.office AND t.id = w.tender AND w.task IN ('phase', 'sign_in', 'declare', 'check')
                                                 AND x ->> 'code' = w.about) ph ON true
                            ORDER BY w.due NULLS LAST, w.since LIMIT 501) k) q) AS tasks
)
-- 500 of a kind, tasks 500 an office: what is left out is said in `cut`.
SELECT CASE WHEN jsonb_array_length(bids) > 500 THEN bids - 500 ELSE bids END AS bids,
       CASE WHEN jsonb_array_length(contracts) > 500 THEN contracts - 500 ELSE contracts END AS contracts,
       (SELECT COALESCE(jsonb_agg(t - 'place' ORDER BY n), '[]') FROM jsonb_array_elements(tasks) WITH ORDINALITY e (t, n)
        WHERE (t ->> 'place')::integer > 500 IS NOT TRUE) AS tasks,
       (SELECT COALESCE(jsonb_agg(part), '[]') FROM (
            SELECT 'bids' AS part WHERE jsonb_array_length(bids) > 500
            UNION ALL SELECT 'contracts' WHERE jsonb_array_length(contracts) > 500
            UNION ALL SELECT 'tasks' WHERE EXISTS (SELECT FROM jsonb_array_elements(tasks) e WHERE (e ->> 'place')::integer > 500)) c) AS cut
FROM all_of
