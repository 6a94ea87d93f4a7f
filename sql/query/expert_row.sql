SELECT e.id, e.person_id AS person, p.name, to_jsonb(e.fields) AS fields, e.basis, e.entered, e.gone, e.gone_reason
FROM linli.expert e JOIN linli.person p ON p.id = e.person_id
WHERE e.office_id = $1::integer AND e.id = $2::uuid
