-- The whole evaluation: for the panel (a blind one, and who is to mark blindly still, without names), for who reads marks by the plan; grants
-- and funds default to full.
SELECT l.id AS lot, l.phase, l.state, l.waiting, d.question, d.at, d.plugin AS scheme, d.plugin_version AS scheme_version,
       d.answer::jsonb AS evaluation,
       (SELECT jsonb_object_agg(b.key, jsonb_strip_nulls(jsonb_build_object('bid', b.id, 'number', b.number, 'title', b.content ->> 'title', 'not_admitted', b.not_admitted,
                   'organisation', CASE WHEN linli.in_the_dark(l.office_id, l.id, $3::uuid) OR (t.plan -> 'panel' ->> 'blind')::boolean AND NOT EXISTS (
                        SELECT 1 FROM unnest($4::text[]) r WHERE r <> 'evaluator' AND 'marks:' || r = ANY (l.sees)) THEN NULL ELSE o.name END)))
        FROM linli.bid b LEFT JOIN linli.organisation o ON o.id = b.organisation_id
        WHERE b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no AND b.key IS NOT NULL) AS bids,
       l.version AS _version
FROM linli.lot l
JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
JOIN LATERAL (SELECT x.question, x.at, x.answer, x.plugin, x.plugin_version FROM linli.decision x
              WHERE x.office_id = l.office_id AND x.tender_id = l.tender_id AND x.lot_id = l.id
                AND x.question IN ('evaluate', 'preview')
              ORDER BY x.at DESC, x.id DESC LIMIT 1) d ON true
WHERE l.office_id = $1::integer AND l.id = $2::uuid
  AND (EXISTS (SELECT 1 FROM unnest($4::text[]) r
               WHERE (r <> 'evaluator' AND 'marks:' || r = ANY (l.sees)) OR (t.regime IN ('grants', 'charity') AND 'result:' || r = ANY (l.sees)))
       OR EXISTS (SELECT 1 FROM linli.panel_member m
                  WHERE m.office_id = l.office_id AND m.lot_id = l.id AND m.person_id = $3::uuid AND m.state = 'present'))
