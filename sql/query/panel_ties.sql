-- What ties people to those who bid for a lot: their place in the organisation (until: its last day, NULL: now), their employer, their family
-- among its people, a telephone, address or account both have, a contract between them or between their employer and the bidder.
WITH bidder AS (
    SELECT b.id AS bid_id, o.id, o.name, o.uscc, o.representative, regexp_replace(o.phone, '[^0-9]', '', 'g') AS phone,
           regexp_replace(o.address, '\s', '', 'g') AS address
    FROM linli.bid b
    JOIN linli.organisation o ON o.id = b.organisation_id
         OR o.id IN (SELECT p.organisation_id FROM linli.bid_party p WHERE p.office_id = b.office_id AND p.bid_id = b.id)
    WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
      AND b.withdrawn IS NULL AND b.replaced_by IS NULL),
said AS (
    SELECT r.person_id, r.kind, r.value, r.until, regexp_replace(r.value, '[^0-9]', '', 'g') AS digits
    FROM linli.relation r WHERE r.person_id = ANY ($4::uuid[])
    UNION ALL
    SELECT p.id, 'employer', p.employer, NULL, '' FROM linli.person p WHERE p.id = ANY ($4::uuid[]) AND p.employer IS NOT NULL
    UNION ALL
    SELECT p.id, 'family', f, NULL, '' FROM linli.person p CROSS JOIN LATERAL unnest(p.family) f WHERE p.id = ANY ($4::uuid[])),
bound AS (
    SELECT c.id, c.organisation_id, c.ends FROM linli.contract c WHERE c.office_id = $1::integer AND c.signed IS NOT NULL
    UNION
    SELECT c.id, p.organisation_id, c.ends FROM linli.contract_party p JOIN linli.contract c ON c.office_id = p.office_id AND c.id = p.contract_id
    WHERE p.office_id = $1::integer AND c.signed IS NOT NULL)
SELECT m.person_id, o.name AS organisation, 'membership' AS tie, m.valid_until AS until, o.bid_id
FROM bidder o JOIN linli.membership m ON m.organisation_id = o.id
WHERE m.person_id = ANY ($4::uuid[])
UNION
SELECT s.person_id, o.name, s.kind, s.until, o.bid_id
FROM bidder o JOIN said s ON s.kind IN ('employer', 'contract') AND s.value IN (o.name, o.uscc)
     OR s.kind = 'family' AND (s.value = o.representative
        OR EXISTS (SELECT 1 FROM linli.membership m JOIN linli.person q ON q.id = m.person_id
                   WHERE m.organisation_id = o.id AND m.valid_until IS NULL AND q.name = s.value))
     OR s.kind = 'phone' AND length(s.digits) >= 7 AND s.digits = o.phone
     OR s.kind = 'address' AND regexp_replace(s.value, '\s', '', 'g') = o.address
     OR s.kind = 'account' AND length(s.digits) >= 7 AND EXISTS (
        SELECT 1 FROM linli.organisation_account k
        WHERE k.organisation_id = o.id AND k.state <> 'refused' AND regexp_replace(k.account, '[^0-9]', '', 'g') = s.digits)
UNION
SELECT s.person_id, o.name, 'contract', greatest(mine.ends, s.until), o.bid_id
FROM bidder o
JOIN bound theirs ON theirs.organisation_id = o.id
JOIN bound mine ON mine.id = theirs.id AND mine.organisation_id <> o.id
JOIN linli.organisation e ON e.id = mine.organisation_id
JOIN said s ON s.kind = 'employer' AND s.value IN (e.name, e.uscc)
