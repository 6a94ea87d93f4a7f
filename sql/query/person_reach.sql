-- Does the person hold nothing outside these offices?  Whoever can open the account of an organisation can bid for it: once
-- it has a password, that takes an office that has none above it.
SELECT NOT EXISTS (SELECT 1 FROM linli.membership m
                   WHERE m.person_id = $1::uuid AND m.office_id IS NOT NULL AND m.office_id <> ALL ($2::bigint[]))
   AND NOT EXISTS (SELECT 1 FROM linli.post_holder h WHERE h.person_id = $1::uuid AND h.office_id <> ALL ($2::bigint[]))
   AND (NOT EXISTS (SELECT 1 FROM linli.membership m JOIN linli.person p ON p.id = m.person_id
                    WHERE m.person_id = $1::uuid AND m.organisation_id IS NOT NULL AND p.password IS NOT NULL)
        OR EXISTS (SELECT 1 FROM linli.office o WHERE o.parent_id IS NULL AND o.office_id = ANY ($2::bigint[]))) AS reached
