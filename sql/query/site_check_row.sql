-- One site check, for the answer of an act on it.
SELECT x.id, x.contract_id AS contract, x.kind, x.on_day, x.draw_id AS draw, x.planned, x.done, x.present, x.passed, x.findings, c.version AS _version
FROM linli.site_check x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
