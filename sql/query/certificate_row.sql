-- $1 is the office, which the papers of an organisation have none of.
SELECT c.id, c.kind, c.name, c.number, c.issuer, c.valid_until, linli.file_called(c.name, b.type) AS file, b.type, b.bytes, c.sha256,
       c.added, c.replaces, c.retired, c.reason
FROM linli.certificate c JOIN linli.blob b ON b.sha256 = c.sha256
WHERE $1::integer IS NOT NULL AND c.id = $2::uuid
