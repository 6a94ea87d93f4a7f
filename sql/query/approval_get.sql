SELECT a.id, a.act, a.subject, a.subject_version, a.amount_fen, a.state, a.due, a.escalated, a.asked, a.asked_by,
       (SELECT jsonb_agg(jsonb_build_object('no', s.no, 'post', s.post_id, 'body', s.body_id, 'name', coalesce(p.name, b.name),
                'name_en', coalesce(p.name_en, b.name_en), 'state', coalesce(d.outcome, CASE WHEN a.state = 'open' AND s.no = a.step THEN 'waiting' ELSE 'to_come' END),
                'person', d.person_id, 'at', to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'reason', d.reason,
                'meeting', d.meeting) ORDER BY s.no)
        FROM linli.chain_step s
        LEFT JOIN linli.post p ON p.office_id = s.office_id AND p.id = s.post_id
        LEFT JOIN linli.body b ON b.office_id = s.office_id AND b.id = s.body_id
        LEFT JOIN linli.approval_step d ON d.office_id = s.office_id AND d.approval_id = a.id AND d.no = s.no
        WHERE s.office_id = a.office_id AND s.chain_id = a.chain_id) AS steps, a.version AS _version
FROM linli.approval a WHERE a.office_id = $1::integer AND a.id = $2::uuid
