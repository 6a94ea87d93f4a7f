SELECT e.state, e.entered_by, c.organisation_id
FROM linli.evidence e
JOIN linli.promise m ON m.office_id = e.office_id AND m.id = e.promise_id
JOIN linli.contract c ON c.office_id = m.office_id AND c.id = m.contract_id
WHERE e.office_id = $1::integer AND m.contract_id = $2::uuid AND m.id = $3::uuid AND e.id = $4::uuid
