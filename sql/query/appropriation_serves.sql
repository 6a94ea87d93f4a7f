-- Whether an appropriation's fund is for that regime, and is the fund the entry names.
SELECT $3::text = ANY (f.regimes) AND ($4::uuid IS NULL OR f.id = $4::uuid) AS serves
FROM linli.appropriation p JOIN linli.fund f ON f.office_id = p.office_id AND f.id = p.fund_id
WHERE p.office_id = $1::integer AND p.id = $2::uuid
