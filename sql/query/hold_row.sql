SELECT h.id, h.organisation_id AS organisation, h.contract_id AS contract, h.kind, h.reason, h.article, h.placed, p.name AS placed_by, h.lifted,
       l.name AS lifted_by, h.lifted_reason, h.version AS _version
FROM linli.hold h JOIN linli.person p ON p.id = h.placed_by LEFT JOIN linli.person l ON l.id = h.lifted_by
WHERE h.office_id = $1::integer AND h.id = $2::uuid
