-- All files of an office's things that somebody may read there; who added those of a report is for whom the report names its reporter.
SELECT a.id, a.object_kind, a.object_id, a.name, a.kind, a.sha256, b.bytes, b.type, a.public, a.redacted_of,
       CASE WHEN h.named THEN a.side END AS side, a.added, CASE WHEN h.named THEN a.added_by END AS added_by,
       a.id AS _c0
FROM linli.attachment a JOIN linli.blob b ON b.sha256 = a.sha256
LEFT JOIN LATERAL linli.object_rights(a.office_id, a.object_kind, a.object_id, $5::text[], $6::uuid[], $7::uuid) r ON true
CROSS JOIN LATERAL (SELECT $5::text[] && '{office_approver,supervisor,auditor}' OR a.added_by = $7::uuid OR a.object_kind <> 'objection'
    OR NOT EXISTS (SELECT FROM linli.objection x WHERE x.office_id = a.office_id AND x.id = a.object_id AND x.channel = 'report') AS named) h
WHERE a.office_id = $1::integer AND ($2::uuid IS NULL OR a.id > $2::uuid) AND ($4::uuid IS NULL OR a.object_id = $4::uuid)
  AND (a.public OR r.reads OR a.added_by = $7::uuid)
ORDER BY a.id LIMIT $3::integer
