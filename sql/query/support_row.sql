-- How many support a proposal, and how many it still needs, for the answer of an act on it.
SELECT b.id AS bid, s.supports, s.needed AS supports_needed, s.missing AS supports_missing
FROM linli.bid b CROSS JOIN LATERAL linli.supported(b.office_id, b.tender_id, b.id) s
WHERE b.office_id = $1::integer AND b.id = $2::uuid
