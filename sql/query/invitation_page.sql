-- Candidates in the order of the draw, for the office and who watches it; for everybody once the bids are opened or the tender is over.
SELECT v.organisation_id AS organisation, o.name, v.source, v.place, v.invited, v.seed,
       CASE WHEN v.seed IS NOT NULL THEN t.invitation_commitment END AS commitment, v.witnesses, v.at
FROM linli.invitation v
JOIN linli.organisation o ON o.id = v.organisation_id
JOIN linli.tender t ON t.office_id = v.office_id AND t.id = v.tender_id
WHERE v.office_id = $1::integer AND v.tender_id = $2::uuid
  AND (v.office_id = ANY ($3::integer[]) OR t.opened IS NOT NULL OR (t.published IS NOT NULL AND linli.told(t.state)))
ORDER BY v.place
