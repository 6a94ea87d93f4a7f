-- Who asks for an account at an office, the latest first; whether the code or the login is somebody's already.
SELECT r.id, r.kind, coalesce(r.name, r.contact) AS name, r.organisation_kind, r.uscc, r.uscc_doubtful,
       EXISTS (SELECT FROM linli.claim c WHERE c.kind = 'uscc' AND c.value = r.uscc) AND r.organisation_id IS NULL AS code_taken,
       r.contact, r.login, EXISTS (SELECT FROM linli.person p WHERE p.login = r.login) AS login_taken, r.phone, r.asked, r.state,
       r.checked, c.name AS checked_by, r.decided, d.name AS decided_by, r.reason, r.organisation_id AS organisation,
       -(extract(epoch FROM r.asked) * 1000000)::bigint AS _c0, r.id AS _c1
FROM linli.registration r LEFT JOIN linli.person c ON c.id = r.checked_by LEFT JOIN linli.person d ON d.id = r.decided_by
WHERE r.office_id = $1::integer AND ($5::text IS NULL OR r.state = $5::text)
  AND ($2::bigint IS NULL OR r.asked < 'epoch'::timestamptz - $2::bigint * interval '1 microsecond'
       OR r.asked = 'epoch'::timestamptz - $2::bigint * interval '1 microsecond' AND r.id > $3::uuid)
ORDER BY r.asked DESC, r.id LIMIT $4::integer
