-- The panels of an office, each once its result was announced and so its members named: how many sat, how many left it for an interest or were
-- replaced, how often one sat out a single bid; of what is given, how far each was from the mean of its panel.
SELECT n.tender_id AS tender, t.number, t.title, n.body ->> 'lot' AS lot, (n.body -> 'lot_number')::integer AS lot_number, t.regime, t.mechanism, n.published AS announced,
       (e.told ->> 'sat')::integer AS sat, (e.told ->> 'experts')::integer AS experts, (e.told ->> 'excused')::integer AS excused,
       (e.told ->> 'replaced')::integer AS replaced, (e.told ->> 'sat_out')::integer AS sat_out, (e.told ->> 'sheets')::integer AS sheets, e.told -> 'members' AS members,
       n.published AS _c0, n.id AS _c1
FROM linli.notice n
JOIN linli.tender t ON t.office_id = n.office_id AND t.id = n.tender_id
CROSS JOIN LATERAL (SELECT linli.panel_told(n.office_id, (n.body ->> 'lot')::uuid) AS told) e
WHERE n.office_id = $1::integer AND n.kind = 'result' AND e.told IS NOT NULL
  AND NOT EXISTS (SELECT FROM linli.notice r WHERE r.office_id = n.office_id AND r.replaces = n.id)
  AND ($2::timestamptz IS NULL OR (n.published, n.id) < ($2::timestamptz, $3::uuid))
  AND ($5::integer IS NULL OR date_part('year', n.published AT TIME ZONE 'Asia/Shanghai') = $5::integer)
ORDER BY n.published DESC, n.id DESC LIMIT $4::integer
