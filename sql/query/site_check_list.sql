-- Checks of a contract's work; its contractor reads of those that were made, and of none that is to come.
SELECT x.id, x.contract_id AS contract, x.kind, x.on_day, x.draw_id AS draw, x.planned, x.done, x.present, x.passed, x.findings
FROM linli.site_check x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
WHERE x.office_id = $1::integer AND x.contract_id = $2::uuid
  AND (x.office_id = ANY ($3::integer[]) OR c.organisation_id = ANY ($4::uuid[]) AND x.done IS NOT NULL)
ORDER BY x.on_day, x.id LIMIT 1001
