SELECT d.id, d.question, d.plugin, d.plugin_version, d.plugin_sha256, d.options, d.facts, d.answer
FROM linli.decision d WHERE d.office_id = $1::integer AND d.tender_id = $2::uuid ORDER BY d.at, d.id
