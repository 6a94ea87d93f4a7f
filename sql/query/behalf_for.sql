-- For whom: an organisation there is; a person who holds the role at the office on that day.
SELECT ($2::uuid IS NULL OR EXISTS (SELECT FROM linli.organisation g WHERE g.id = $2::uuid AND g.ended IS NULL)) AS organisation,
       ($3::uuid IS NULL OR EXISTS (SELECT FROM linli.person p, linli.held(p.id, $5::date, true) h
                                    WHERE p.id = $3::uuid AND NOT p.blocked AND h.office_id = $1::integer AND h.role = $4::text)) AS person
