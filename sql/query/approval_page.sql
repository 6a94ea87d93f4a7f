SELECT a.id, a.act, a.subject, a.subject_version, a.amount_fen, a.state, a.due, a.escalated, a.asked, a.asked_by,
       (SELECT jsonb_agg(jsonb_build_object('no', s.no, 'post', s.post_id, 'body', s.body_id, 'name', coalesce(p.name, b.name),
                'name_en', coalesce(p.name_en, b.name_en), 'state', coalesce(d.outcome, CASE WHEN a.state = 'open' AND s.no = a.step THEN 'waiting' ELSE 'to_come' END),
                'person', d.person_id, 'at', to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'reason', d.reason,
                'meeting', d.meeting) ORDER BY s.no)
        FROM linli.chain_step s
        LEFT JOIN linli.post p ON p.office_id = s.office_id AND p.id = s.post_id
        LEFT JOIN linli.body b ON b.office_id = s.office_id AND b.id = s.body_id
        LEFT JOIN linli.approval_step d ON d.office_id = s.office_id AND d.approval_id = a.id AND d.no = s.no
        WHERE s.office_id = a.office_id AND s.chain_id = a.chain_id) AS steps, a.asked AS _c0, a.id AS _c1
FROM linli.approval a
WHERE a.office_id = $1::integer AND ($2::text IS NULL OR a.state = $2::text) AND ($3::uuid IS NULL OR a.subject = $3::uuid)
  AND (NOT coalesce($4::boolean, false) OR a.escalated IS NOT NULL)
  AND ($5::timestamptz IS NULL OR (a.asked, a.id) < ($5::timestamptz, $6::uuid))
ORDER BY a.asked DESC, a.id DESC LIMIT $7::bigint
