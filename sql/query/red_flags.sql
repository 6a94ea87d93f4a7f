-- What was found about the bids and the members of a lot's panel, for the buyer and its auditor; of bids once opened, of members once all is locked.
-- Nothing for who ($3) sits, or sat, on a panel of the tender: it would mark with them in mind, or read what was found about itself.
SELECT x.code, f.name, f.name_en, f.about, x.subject, x.other, n.subjects, x.measure, o.threshold, o.cases, f.unit, f.source,
       format(f.says, x.measure, o.threshold) AS says, format(f.says_en, x.measure, o.threshold) AS says_en
FROM (SELECT * FROM linli.flags_of_bids($1::integer, $2::uuid) UNION ALL SELECT * FROM linli.flags_of_evaluators($1::integer, $2::uuid)) x
JOIN linli.red_flag f ON f.code = x.code
JOIN linli.red_flags_of($1::integer) o ON o.code = x.code
CROSS JOIN LATERAL (SELECT string_agg(coalesce(g.name, p.name, '№ ' || b.number), ' · ' ORDER BY w.no) AS subjects
                    FROM (VALUES (1, x.subject), (2, x.other)) w (no, id)
                    LEFT JOIN linli.bid b ON b.office_id = $1::integer AND b.id = w.id LEFT JOIN linli.organisation g ON g.id = b.organisation_id
                    LEFT JOIN linli.panel_member m ON m.office_id = $1::integer AND m.id = w.id LEFT JOIN linli.person p ON p.id = m.person_id) n
WHERE NOT EXISTS (SELECT FROM linli.lot l JOIN linli.lot s ON s.office_id = l.office_id AND s.tender_id = l.tender_id
                  JOIN linli.panel_member m ON m.office_id = s.office_id AND m.lot_id = s.id AND m.person_id = $3::uuid
                  WHERE l.office_id = $1::integer AND l.id = $2::uuid)
ORDER BY f.no, x.subject, x.other LIMIT 1001
