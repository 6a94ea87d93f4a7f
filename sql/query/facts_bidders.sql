-- Who bids for a lot: its kind, its age, whether one of its people runs the tender for the office, how long it is kept out, how
-- what it delivered to the office was last found.
SELECT DISTINCT b.organisation_id, o.kind, o.founded,
       EXISTS (SELECT FROM linli.membership m
               JOIN LATERAL linli.held(m.person_id, $4::date, true) own ON own.organisation_id = o.id
               JOIN LATERAL linli.held(m.person_id, $4::date, true) runs ON runs.office_id = $1::integer
               WHERE m.organisation_id = o.id AND runs.role IN ('operator', 'agent')) AS insider,
       (SELECT max(x.ends) FROM linli.exclusion x
        WHERE x.organisation_id = o.id AND x.lifted IS NULL
          AND (x.office_id = $1::integer OR x.ground = 'banned' AND x.office_id = ANY (SELECT unnest(h.path) FROM linli.office h WHERE h.office_id = $1::integer))) AS excluded,
       (SELECT d.grade FROM linli.contract c
        JOIN linli.tranche t ON t.office_id = c.office_id AND t.contract_id = c.id
        JOIN linli.delivery d ON d.office_id = t.office_id AND d.tranche_id = t.id
        WHERE c.office_id = $1::integer AND c.organisation_id = o.id AND d.grade IS NOT NULL
        ORDER BY d.found DESC, d.id DESC LIMIT 1) AS grade
FROM linli.bid b JOIN linli.organisation o ON o.id = b.organisation_id
WHERE b.office_id = $1::integer AND b.tender_id = $2::uuid AND b.lot_no = $3::integer
