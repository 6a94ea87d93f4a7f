-- One answer with the facts and options it rests on: enough to ask again.
SELECT d.id, d.tender_id AS tender, d.lot_id AS lot, d.question, d.plugin, d.plugin_version, d.plugin_sha256,
       d.options::jsonb AS options, d.facts::jsonb AS facts, d.answer::jsonb AS answer, d.at
FROM linli.decision d
WHERE d.office_id = $1::integer AND d.id = $2::uuid AND d.office_id = ANY ($3::integer[])
