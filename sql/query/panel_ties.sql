-- What ties people to those who bid for a lot: their place in the organisation (until: its last day, NULL: now), their
-- employer, their family among its people.
WITH bidder AS (
    SELECT b.id AS bid_id, o.id, o.name, o.uscc, o.representative
    FROM linli.bid b
    JOIN linli.organisation o ON o.id = b.organisation_id
         OR o.id IN (SELECT p.organisation_id FROM linli.bid_party p WHERE p.office_id = b.office_id AND p.bid_id = b.id)
    WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
      AND b.withdrawn IS NULL AND b.replaced_by IS NULL)
SELECT m.person_id, o.name AS organisation, 'membership' AS tie, m.valid_until AS until, o.bid_id
FROM bidder o JOIN linli.membership m ON m.organisation_id = o.id
WHERE m.person_id = ANY ($4::uuid[])
UNION
SELECT p.id, o.name, 'employer', NULL, o.bid_id
FROM bidder o JOIN linli.person p ON p.employer = o.name OR p.employer = o.uscc
WHERE p.id = ANY ($4::uuid[])
UNION
SELECT p.id, o.name, 'family', NULL, o.bid_id
FROM bidder o JOIN linli.person p ON o.representative = ANY (p.family)
     OR EXISTS (SELECT 1 FROM linli.membership m JOIN linli.person q ON q.id = m.person_id
                WHERE m.organisation_id = o.id AND m.valid_until IS NULL AND q.name = ANY (p.family))
WHERE p.id = ANY ($4::uuid[])
