SELECT r.kind, r.name, r.organisation_kind, r.uscc, r.uscc_doubtful, r.contact, r.login, r.phone, r.password, r.state, r.checked_by
FROM linli.registration r WHERE r.office_id = $1::integer AND r.id = $2::uuid FOR UPDATE
