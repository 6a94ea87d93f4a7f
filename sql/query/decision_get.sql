-- One answer with the facts and options it rests on: enough to ask again.  The facts may hold what the plan lets one read
-- later or never: what judges marked, what voters chose, how many there are while the vote runs; and whose bid is whose, which who has still to mark blindly is not told.
SELECT d.id, d.tender_id AS tender, d.lot_id AS lot, d.question, d.plugin, d.plugin_version, d.plugin_sha256,
       d.options::jsonb AS options, f.facts, d.answer::jsonb AS answer, d.at
FROM linli.decision d
LEFT JOIN linli.lot l ON l.office_id = d.office_id AND l.id = d.lot_id
CROSS JOIN LATERAL (SELECT d.facts::jsonb AS facts) f
WHERE d.office_id = $1::integer AND d.id = $2::uuid AND d.office_id = ANY ($3::integer[])
  AND (d.question = 'accept' OR NOT f.facts @? '$.marks[*] ? (!exists (@.tranche))'
       OR EXISTS (SELECT FROM unnest($4::text[]) r WHERE 'marks:' || r = ANY (l.sees)))
  AND (d.question = 'accept' OR NOT f.facts @? '$.ballots[*]' OR EXISTS (SELECT FROM unnest($4::text[]) r WHERE 'ballots:' || r = ANY (l.sees)))
  AND NOT coalesce(d.question = 'step' AND l.phase_kind = 'voting' AND d.at > l.phase_since, false)
  AND NOT linli.in_the_dark_of(d.office_id, d.tender_id, $5::uuid)
