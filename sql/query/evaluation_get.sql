-- The whole evaluation: for those who watch and the office; for the panel once every sheet is locked (decision 27).
SELECT l.id AS lot, l.phase, l.state, l.waiting, d.question, d.at, d.plugin AS scheme, d.plugin_version AS scheme_version,
       d.answer::jsonb AS evaluation,
       (SELECT jsonb_object_agg(b.key, jsonb_build_object('bid', b.id, 'organisation', o.name))
        FROM linli.bid b LEFT JOIN linli.organisation o ON o.id = b.organisation_id
        WHERE b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no AND b.key IS NOT NULL) AS bids,
       l.version AS _version
FROM linli.lot l
JOIN LATERAL (SELECT x.question, x.at, x.answer, x.plugin, x.plugin_version FROM linli.decision x
              WHERE x.office_id = l.office_id AND x.tender_id = l.tender_id AND x.lot_id = l.id
                AND x.question IN ('evaluate', 'preview')
              ORDER BY x.at DESC, x.id DESC LIMIT 1) d ON true
WHERE l.office_id = $1::integer AND l.id = $2::uuid
  AND (l.office_id = ANY ($4::integer[])
       OR EXISTS (SELECT 1 FROM linli.panel_member m
                  WHERE m.office_id = l.office_id AND m.lot_id = l.id AND m.person_id = $3::uuid AND m.state = 'present'))
