-- Who signs beside the office and the contractor, and who has.
SELECT p.organisation_id, p.signed_by FROM linli.contract_party p
WHERE p.office_id = $1::integer AND p.contract_id = $2::uuid ORDER BY p.organisation_id
