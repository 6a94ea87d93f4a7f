SELECT h.placed_by, h.lifted, coalesce(h.organisation_id, c.organisation_id) AS organisation_id
FROM linli.hold h LEFT JOIN linli.contract c ON c.office_id = h.office_id AND c.id = h.contract_id
WHERE h.office_id = $1::integer AND h.id = $2::uuid
