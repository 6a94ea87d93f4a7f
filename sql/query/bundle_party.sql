-- Whether an organisation bid for a tender.
SELECT b.organisation_id FROM linli.bid b
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.organisation_id = ANY ($3::uuid[]) LIMIT 1
