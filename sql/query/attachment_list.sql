-- The files of one object that somebody may read: public ones, and internal ones by the rule of its kind.
SELECT a.id, a.object_kind, a.object_id, CASE WHEN d.dark THEN a.kind ELSE a.name END AS name, a.kind, a.sha256, b.bytes, b.type, a.public, a.redacted_of, a.added, a.id AS _c0
FROM linli.attachment a JOIN linli.blob b ON b.sha256 = a.sha256
LEFT JOIN LATERAL linli.object_rights(a.office_id, a.object_kind, a.object_id, $3::text[], $4::uuid[], $5::uuid) r ON true
CROSS JOIN LATERAL (SELECT NOT a.public AND r.reads IS NOT TRUE AND linli.read_blindly(a.office_id, a.object_kind, a.object_id, a.kind, $5::uuid) AS dark) d
WHERE a.office_id = $1::integer AND a.object_id = $2::uuid AND (a.public OR r.reads OR a.added_by = $5::uuid OR d.dark)
  AND ($6::uuid IS NULL OR a.id > $6::uuid)
ORDER BY a.id LIMIT $7::integer
