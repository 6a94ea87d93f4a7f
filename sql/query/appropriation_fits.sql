-- The appropriations of a year from which an entry may be paid: of its fund where it names one, for the regime, of its budget item
-- and field.  Two are asked for: one is taken only where there is no other.
SELECT p.id
FROM linli.list_entry e
JOIN linli.fund f ON f.office_id = e.office_id AND (e.fund_id IS NULL OR f.id = e.fund_id) AND $3::text = ANY (f.regimes)
JOIN linli.appropriation p ON p.office_id = f.office_id AND p.fund_id = f.id AND p.budget_item = e.budget_item
WHERE e.office_id = $1::integer AND e.id = $2::uuid AND p.year = $4::integer AND (p.restriction IS NULL OR p.restriction = e.field)
ORDER BY p.id LIMIT 2
