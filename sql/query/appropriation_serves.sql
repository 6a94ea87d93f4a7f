-- Whether an appropriation's fund is for that regime, is the fund the entry names, and the entry of the field it is restricted to.
SELECT $3::text = ANY (f.regimes) AND ($4::uuid IS NULL OR f.id = $4::uuid)
       AND (p.restriction IS NULL OR EXISTS (SELECT FROM linli.list_entry e
                                             WHERE e.office_id = $1::integer AND e.id = $5::uuid AND e.field = p.restriction)) AS serves
FROM linli.appropriation p JOIN linli.fund f ON f.office_id = p.office_id AND f.id = p.fund_id
WHERE p.office_id = $1::integer AND p.id = $2::uuid
