-- Where an evaluation stands, as the act answers it.
SELECT l.id AS lot, l.phase, l.state, l.waiting, d.question, d.at, d.answer::jsonb AS evaluation, l.version AS _version
FROM linli.lot l
LEFT JOIN LATERAL (SELECT x.question, x.at, x.answer FROM linli.decision x
                   WHERE x.office_id = l.office_id AND x.tender_id = l.tender_id AND x.lot_id = l.id
                     AND x.question IN ('evaluate', 'preview')
                   ORDER BY x.at DESC, x.id DESC LIMIT 1) d ON true
WHERE l.office_id = $1::integer AND l.id = $2::uuid
