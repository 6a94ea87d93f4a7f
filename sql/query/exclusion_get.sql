SELECT x.id, x.organisation_id AS organisation, o.name, x.ground, x.authority, x.document, x.reason, x.contract_id AS contract, x.starts, x.ends, x.lifted,
       x.lifted_reason, x.version AS _version
FROM linli.exclusion x JOIN linli.organisation o ON o.id = x.organisation_id
WHERE x.office_id = $1::integer AND x.id = $2::uuid
