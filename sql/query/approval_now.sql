-- The step an approval waits for, and whether the person spoke in it before.
SELECT a.state, a.step, a.asked_by, a.act, a.subject, a.subject_version, s.post_id, s.body_id,
       coalesce(p.name, b.name) AS name, coalesce(p.name_en, b.name_en) AS name_en,
       b.quorum_a, b.quorum_b, b.quorum_over, b.consent_a, b.consent_b, b.consent_over, b.consent_of,
       (SELECT n.days FROM linli.chain_step n WHERE n.office_id = a.office_id AND n.chain_id = a.chain_id AND n.no = a.step + 1) AS next_days,
       EXISTS (SELECT FROM linli.chain_step n WHERE n.office_id = a.office_id AND n.chain_id = a.chain_id AND n.no = a.step + 1) AS more,
       EXISTS (SELECT FROM linli.approval_step d JOIN linli.chain_step o ON o.office_id = d.office_id AND o.chain_id = a.chain_id AND o.no = d.no
               WHERE d.office_id = a.office_id AND d.approval_id = a.id AND d.person_id = $3::uuid AND o.post_id IS NOT NULL) AS spoke
FROM linli.approval a
JOIN linli.chain_step s ON s.office_id = a.office_id AND s.chain_id = a.chain_id AND s.no = a.step
LEFT JOIN linli.post p ON p.office_id = s.office_id AND p.id = s.post_id
LEFT JOIN linli.body b ON b.office_id = s.office_id AND b.id = s.body_id
WHERE a.office_id = $1::integer AND a.id = $2::uuid
