-- Public files of an office, or of one of its things.
SELECT a.id, a.object_kind, a.object_id, a.name, a.kind, a.sha256, b.bytes, b.type, a.redacted_of, a.added, a.id AS _c0
FROM linli.attachment a JOIN linli.blob b ON b.sha256 = a.sha256
WHERE a.office_id = $1::integer AND a.public AND ($2::uuid IS NULL OR a.id > $2::uuid) AND ($4::uuid IS NULL OR a.object_id = $4::uuid)
  AND ($5::text IS NULL OR a.kind = $5::text)
ORDER BY a.id LIMIT $3::integer
