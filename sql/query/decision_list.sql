-- Every answer of a plug-in about a tender, for the office and for those who watch it; how bids compare from when the
-- plan lets one read the result or the marks; that a vote was extended, and for how many voters, not while it runs; for nobody who has still to mark blindly.
SELECT d.id, d.lot_id AS lot, d.question, d.plugin, d.plugin_version, d.plugin_sha256, d.answer::jsonb AS answer, d.at
FROM linli.decision d
LEFT JOIN linli.lot l ON l.office_id = d.office_id AND l.id = d.lot_id
WHERE d.office_id = $1::integer AND d.tender_id = $2::uuid AND d.office_id = ANY ($3::integer[])
  AND (d.question NOT IN ('preview', 'evaluate', 'award')
       OR EXISTS (SELECT FROM unnest($4::text[]) r WHERE ARRAY['result:' || r, 'marks:' || r] && l.sees))
  AND NOT coalesce(d.question = 'step' AND l.phase_kind = 'voting' AND d.at > l.phase_since, false)
  AND NOT linli.in_the_dark_of(d.office_id, d.tender_id, $5::uuid)
ORDER BY d.at, d.question, d.id
