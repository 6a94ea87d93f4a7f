SELECT r.id, r.kind, coalesce(r.name, r.contact) AS name, r.organisation_kind, r.uscc, r.uscc_doubtful,
       EXISTS (SELECT FROM linli.claim c WHERE c.kind = 'uscc' AND c.value = r.uscc) AND r.organisation_id IS NULL AS code_taken,
       r.contact, r.login, EXISTS (SELECT FROM linli.person p WHERE p.login = r.login) AS login_taken, r.phone, r.asked, r.state,
       r.checked, c.name AS checked_by, r.decided, d.name AS decided_by, r.reason, r.organisation_id AS organisation
FROM linli.registration r LEFT JOIN linli.person c ON c.id = r.checked_by LEFT JOIN linli.person d ON d.id = r.decided_by
WHERE r.office_id = $1::integer AND r.id = $2::uuid
