-- Anonymised ballots, in an order that tells nothing: for whom, and from when, the plan's readings say.
SELECT b.source, b.area, b.choices, encode(sha256(convert_to(b.tender_id::text || '/' || b.number || '/' || b.at::text, 'UTF8')), 'hex') AS ballot,
       encode(sha256(convert_to(b.tender_id::text || '/' || b.number || '/' || b.at::text, 'UTF8')), 'hex') AS _c0
FROM linli.lot l
JOIN linli.tender t ON t.office_id = l.office_id AND t.id = l.tender_id
JOIN linli.ballot b ON b.office_id = l.office_id AND b.tender_id = l.tender_id AND b.lot_no = l.no
WHERE l.office_id = $1::integer AND l.id = $2::uuid
  AND EXISTS (
      SELECT 1 FROM jsonb_array_elements(t.plan -> 'readings') r
      WHERE r ->> 'what' LIKE '%ballots' AND r ->> 'role' IN ('public', 'resident')
        AND (SELECT p.n FROM jsonb_array_elements(t.plan -> 'phases') WITH ORDINALITY AS p(phase, n) WHERE p.phase ->> 'code' = l.phase)
            >= (SELECT p.n FROM jsonb_array_elements(t.plan -> 'phases') WITH ORDINALITY AS p(phase, n) WHERE p.phase ->> 'code' = r ->> 'from'))
  AND ($3::text IS NULL OR encode(sha256(convert_to(b.tender_id::text || '/' || b.number || '/' || b.at::text, 'UTF8')), 'hex') > $3::text)
ORDER BY _c0
LIMIT $4::integer
