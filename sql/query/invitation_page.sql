-- Candidates in the order of the draw, for the office and who watches it.
SELECT v.organisation_id AS organisation, o.name, v.source, v.place, v.invited, v.seed, v.witnesses, v.at
FROM linli.invitation v JOIN linli.organisation o ON o.id = v.organisation_id
WHERE v.office_id = $1::integer AND v.tender_id = $2::uuid AND v.office_id = ANY ($3::integer[])
ORDER BY v.place
