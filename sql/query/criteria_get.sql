-- What is looked at, as the scheme said it when the tender was published, or last since.
SELECT l.id AS lot, d.plugin AS scheme, d.plugin_version AS scheme_version, d.answer::jsonb AS criteria
FROM linli.lot l
JOIN LATERAL (SELECT d.plugin, d.plugin_version, d.answer FROM linli.decision d
              WHERE d.office_id = l.office_id AND d.lot_id = l.id AND d.question = 'criteria'
              ORDER BY d.at DESC, d.id DESC LIMIT 1) d ON true
WHERE l.office_id = $1::integer AND l.id = $2::uuid
