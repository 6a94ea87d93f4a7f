-- What waits for somebody at an office, by the day it is due: for the actor by role, post, seat or name; all of it
-- for those who watch.
WITH task AS (
    SELECT l.office_id, 'phase' AS task, 'lot' AS kind, l.id AS subject, l.tender_id AS tender, p ->> 'code' AS about,
           ARRAY(SELECT m.key FROM jsonb_each(p -> 'may') m WHERE m.value ? 'advance') AS roles, NULL::uuid AS person, NULL::uuid AS post, NULL::uuid AS body,
           l.phase_since AS since, l.phase_due AS due
    FROM linli.lot l JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
    CROSS JOIN LATERAL jsonb_array_elements(t.plan -> 'phases') p
    WHERE l.office_id = $1::integer AND l.waiting IS NULL AND l.state NOT IN ('draft', 'closed', 'void', 'cancelled')
      AND p ->> 'code' = l.phase AND p ->> 'ends' IN ('by_act', 'when_done')
    UNION ALL
    SELECT l.office_id, 'way', 'lot', l.id, l.tender_id, l.waiting, ARRAY['office_approver'], NULL, NULL, NULL, l.phase_since, l.phase_due
    FROM linli.lot l WHERE l.office_id = $1::integer AND l.waiting = 'approval'
    UNION ALL
    SELECT o.office_id, 'objection', 'objection', o.id, o.tender_id, o.kind, ARRAY['office_clerk', 'agent', 'operator'], NULL, NULL, NULL, o.filed, o.due
    FROM linli.objection o WHERE o.office_id = $1::integer AND o.state = 'open'
    UNION ALL
    SELECT q.office_id, 'question', 'tender', q.tender_id, q.tender_id, NULL, ARRAY['office_clerk', 'agent', 'operator'], NULL, NULL, NULL, q.asked, NULL
    FROM linli.question q WHERE q.office_id = $1::integer AND q.answered IS NULL
    UNION ALL
    SELECT p.office_id, 'payment_approve', 'payment', p.id, c.tender_id, c.number, ARRAY['office_approver'], NULL, NULL, NULL, p.ordered, p.pay_by
    FROM linli.payment p
    JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
    JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
    WHERE p.office_id = $1::integer AND p.state = 'ordered'
    UNION ALL
    SELECT r.office_id, CASE r.state WHEN 'reported' THEN 'accept' WHEN 'accepted' THEN 'release' ELSE 'pay' END, 'tranche', r.id, c.tender_id,
           c.number, ARRAY['office_clerk', 'operator'], NULL, NULL, NULL,
           (SELECT max(d.reported) FROM linli.delivery d WHERE d.office_id = r.office_id AND d.tranche_id = r.id), NULL
    FROM linli.tranche r JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
    WHERE r.office_id = $1::integer AND c.state = 'signed' AND r.state IN ('reported', 'accepted', 'released')
      AND NOT EXISTS (SELECT FROM linli.payment p WHERE p.office_id = r.office_id AND p.tranche_id = r.id
                      AND p.state NOT IN ('failed', 'returned', 'refused'))
    UNION ALL
    SELECT c.office_id, 'sign', 'contract', c.id, c.tender_id, c.number, ARRAY['office_approver'], NULL, NULL, NULL, c.drawn_up, NULL
    FROM linli.contract c WHERE c.office_id = $1::integer AND c.state = 'draft' AND c.signed_office_at IS NULL
    UNION ALL
    -- Whoever won or works is no more: the award is annulled, the contract passed on or ended.
    SELECT w.office_id, 'annul', 'award', w.id, w.tender_id, o.name, ARRAY['office_approver'], NULL, NULL, NULL, w.announced, NULL
    FROM linli.award w
    JOIN linli.bid b ON b.office_id = w.office_id AND b.id = w.bid_id
    JOIN linli.organisation o ON o.id = b.organisation_id AND o.ended IS NOT NULL
    WHERE w.office_id = $1::integer AND w.state = 'announced' AND w.standing = 'winner'
    UNION ALL
    SELECT c.office_id, 'succeed', 'contract', c.id, c.tender_id, o.name, ARRAY['office_clerk', 'operator'], NULL, NULL, NULL, c.signed, NULL
    FROM linli.contract c JOIN linli.organisation o ON o.id = c.organisation_id AND o.ended IS NOT NULL
    WHERE c.office_id = $1::integer AND c.state IN ('signed', 'suspended')
    UNION ALL
    SELECT n.office_id, CASE n.state WHEN 'submitted' THEN 'review' ELSE 'accept' END, 'need', n.id, NULL, n.title,
           CASE n.state WHEN 'submitted' THEN ARRAY['office_clerk'] ELSE ARRAY['office_approver'] END, NULL, NULL, NULL, n.changed, NULL
    FROM linli.need n WHERE n.office_id = $1::integer AND n.state IN ('submitted', 'reviewed')
    UNION ALL
    SELECT a.office_id, 'approval', 'approval', a.id, NULL, a.act, '{}', NULL, s.post_id, s.body_id, a.asked, a.due
    FROM linli.approval a
    JOIN linli.chain_step s ON s.office_id = a.office_id AND s.chain_id = a.chain_id AND s.no = a.step
    WHERE a.office_id = $1::integer AND a.state = 'open'
    UNION ALL
    -- Late: whoever asked, and whoever comes next.
    SELECT a.office_id, 'approval_late', 'approval', a.id, NULL, a.act, '{}', a.asked_by, n.post_id, n.body_id, a.escalated, a.due
    FROM linli.approval a
    LEFT JOIN linli.chain_step n ON n.office_id = a.office_id AND n.chain_id = a.chain_id AND n.no = a.step + 1
    WHERE a.office_id = $1::integer AND a.state = 'open' AND a.escalated IS NOT NULL
    UNION ALL
    SELECT m.office_id, CASE WHEN m.signed_in IS NULL THEN 'sign_in' WHEN m.declared IS NULL THEN 'declare' ELSE 'mark' END, 'lot', m.lot_id,
           m.tender_id, NULL, '{}', m.person_id, NULL, NULL, l.phase_since, l.phase_due
    FROM linli.panel_member m JOIN linli.lot l ON l.office_id = m.office_id AND l.id = m.lot_id
    WHERE m.office_id = $1::integer AND m.state IN ('assigned', 'present') AND l.phase_kind = 'evaluating'
      AND (m.signed_in IS NULL OR m.declared IS NULL
           OR NOT EXISTS (SELECT FROM linli.sheet s WHERE s.office_id = m.office_id AND s.member_id = m.id)
           OR EXISTS (SELECT FROM linli.sheet s WHERE s.office_id = m.office_id AND s.member_id = m.id AND s.state = 'open'))
)
SELECT k.task, k.kind, k.subject, k.tender, t.number, t.title, k.about, k.roles, k.person, k.post, k.body, k.since, k.due,
       coalesce(k.due < $4::timestamptz, false) AS overdue
FROM task k LEFT JOIN linli.tender t ON t.office_id = k.office_id AND t.id = k.tender
WHERE k.office_id = $1::integer AND (NOT coalesce($5::boolean, false) OR k.due < $4::timestamptz)
  AND ($3::text[] && ARRAY['supervisor', 'auditor'] OR k.roles && $3::text[] OR k.person = $2::uuid
       OR EXISTS (SELECT FROM linli.posts_held($2::uuid, ($4::timestamptz AT TIME ZONE 'Asia/Shanghai')::date) h
                  WHERE h.office_id = k.office_id AND h.post_id = k.post)
       OR EXISTS (SELECT FROM linli.body_member m WHERE m.office_id = k.office_id AND m.body_id = k.body AND m.person_id = $2::uuid AND m.head
                  AND m.valid_from <= ($4::timestamptz AT TIME ZONE 'Asia/Shanghai')::date
                  AND (m.valid_until IS NULL OR m.valid_until >= ($4::timestamptz AT TIME ZONE 'Asia/Shanghai')::date)))
ORDER BY k.due NULLS LAST, k.since, k.subject, k.task LIMIT 1000
