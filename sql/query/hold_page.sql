-- What was placed by hand at an office, and what became of it.
SELECT h.id, h.organisation_id AS organisation, h.contract_id AS contract, h.kind, h.reason, h.article, h.placed, p.name AS placed_by, h.lifted,
       l.name AS lifted_by, h.lifted_reason, h.placed AS _c0, h.id AS _c1
FROM linli.hold h JOIN linli.person p ON p.id = h.placed_by LEFT JOIN linli.person l ON l.id = h.lifted_by
WHERE h.office_id = $1::integer AND ($2::timestamptz IS NULL OR (h.placed, h.id) > ($2::timestamptz, $3::uuid))
ORDER BY h.placed, h.id LIMIT $4::integer
