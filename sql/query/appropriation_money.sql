-- An appropriation with what its fund is, and the file of it that may be a consent.
SELECT p.year, p.restriction, p.last_request, p.carried, p.carry_years, f.holder_kind, f.regimes[1] AS regime,
       EXISTS (SELECT 1 FROM linli.attachment t WHERE t.office_id = p.office_id AND t.id = $3::uuid AND t.object_kind = 'appropriation' AND t.object_id = p.id) AS consents
FROM linli.appropriation p JOIN linli.fund f ON f.office_id = p.office_id AND f.id = p.fund_id
WHERE p.office_id = $1::integer AND p.id = $2::uuid
