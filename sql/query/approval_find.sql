-- How far the approval of an act on one version of its subject has come; the newest where it was asked for again.
SELECT a.id, a.state, a.step, coalesce(p.name, b.name) AS name, coalesce(p.name_en, b.name_en) AS name_en
FROM linli.approval a
JOIN linli.chain_step s ON s.office_id = a.office_id AND s.chain_id = a.chain_id AND s.no = a.step
LEFT JOIN linli.post p ON p.office_id = s.office_id AND p.id = s.post_id
LEFT JOIN linli.body b ON b.office_id = s.office_id AND b.id = s.body_id
WHERE a.office_id = $1::integer AND a.act = $2::text AND a.subject = $3::uuid AND a.subject_version = $4::integer
  AND a.chain_id = $5::uuid AND a.state <> 'withdrawn'
ORDER BY a.asked DESC LIMIT 1
