-- For an import that goes on: who has the login, and what was done for it already.  A role that was given and has ended
-- counts as given, and so does an organisation.
SELECT p.id, p.name, p.password IS NOT NULL OR EXISTS (SELECT 1 FROM linli.login_link l WHERE l.person_id = p.id) AS linked,
       EXISTS (SELECT 1 FROM linli.membership m WHERE m.person_id = p.id AND m.role = $2::text AND m.office_id = $3::integer) AS granted,
       EXISTS (SELECT 1 FROM linli.membership m WHERE m.person_id = p.id AND m.organisation_id::text = lower($4::text)) AS member
FROM linli.person p WHERE p.login = $1::text
