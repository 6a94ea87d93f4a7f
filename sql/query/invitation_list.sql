-- Candidates in the order of the draw, and who of them is invited.
SELECT v.organisation_id AS organisation, o.name, v.source, v.place, v.invited, v.seed, v.witnesses, v.at
FROM linli.invitation v JOIN linli.organisation o ON o.id = v.organisation_id
WHERE v.office_id = $1::integer AND v.tender_id = $2::uuid
ORDER BY v.place
