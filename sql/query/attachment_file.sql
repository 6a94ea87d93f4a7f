-- One file, and who brought it.
SELECT a.name, encode(a.sha256, 'hex') AS digest, b.bytes, b.type, a.public, a.added_by, a.object_kind, a.object_id
FROM linli.attachment a JOIN linli.blob b ON b.sha256 = a.sha256
WHERE a.office_id = $1::integer AND a.id = $2::uuid
