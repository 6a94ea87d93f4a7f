-- One file, and whether it may be read: who added it always may.
SELECT CASE WHEN d.dark THEN a.kind ELSE a.name END AS name, encode(a.sha256, 'hex') AS digest, b.bytes, b.type, a.public
FROM linli.attachment a JOIN linli.blob b ON b.sha256 = a.sha256
LEFT JOIN LATERAL linli.object_rights(a.office_id, a.object_kind, a.object_id, $3::text[], $4::uuid[], $5::uuid) r ON true
CROSS JOIN LATERAL (SELECT NOT a.public AND r.reads IS NOT TRUE AND linli.read_blindly(a.office_id, a.object_kind, a.object_id, a.kind, $5::uuid) AS dark) d
WHERE a.office_id = $1::integer AND a.id = $2::uuid AND (a.public OR r.reads OR a.added_by = $5::uuid OR d.dark)
