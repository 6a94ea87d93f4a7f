-- What is published of it.
SELECT jsonb_build_object('number', c.number, 'kind', 'renewal_' || r.decision, 'reason', r.reason, 'decided', r.decided, 'contractor', g.name,
                          'year', c.year_no || '/' || t.years, 'ends', c.ends) AS body
FROM linli.renewal r
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
JOIN linli.organisation g ON g.id = c.organisation_id
WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid
