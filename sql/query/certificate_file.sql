-- Its file, for the people of its organisation.
SELECT linli.file_called(c.name, b.type) AS name, encode(c.sha256, 'hex') AS digest, b.bytes, b.type
FROM linli.certificate c JOIN linli.blob b ON b.sha256 = c.sha256
WHERE c.id = $1::uuid AND c.organisation_id = ANY ($2::uuid[])
