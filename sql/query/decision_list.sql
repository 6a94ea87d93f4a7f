-- Every answer of a plug-in about a tender, for the office and for those who watch it.
SELECT d.id, d.lot_id AS lot, d.question, d.plugin, d.plugin_version, d.plugin_sha256, d.answer::jsonb AS answer, d.at
FROM linli.decision d
WHERE d.office_id = $1::integer AND d.tender_id = $2::uuid AND d.office_id = ANY ($3::integer[])
ORDER BY d.at, d.id
