-- The lines of an appropriation's ledger, as they were written.
SELECT j.id AS journal, j.kind, j.source, j.at, g.line, g.bucket, g.subject, g.side, g.amount_fen, j.at AS _c0, j.id AS _c1, g.line AS _c2
FROM linli.posting g JOIN linli.journal j ON j.office_id = g.office_id AND j.id = g.journal_id
WHERE g.office_id = $1::integer AND g.appropriation_id = $2::uuid
  AND ($3::timestamptz IS NULL OR (j.at, j.id, g.line) > ($3::timestamptz, $4::uuid, $5::smallint))
ORDER BY j.at, j.id, g.line LIMIT $6::integer
