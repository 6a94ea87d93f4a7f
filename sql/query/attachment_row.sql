SELECT a.id, a.object_kind, a.object_id, a.name, a.kind, a.sha256, b.bytes, b.type, a.public, a.redacted_of, a.added
FROM linli.attachment a JOIN linli.blob b ON b.sha256 = a.sha256
WHERE a.office_id = $1::integer AND a.id = $2::uuid
