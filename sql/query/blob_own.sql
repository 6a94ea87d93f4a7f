-- A file that is here, to the one who brought it.
SELECT b.bytes, b.type FROM linli.blob b WHERE b.sha256 = decode($1::text, 'hex') AND b.uploader = $2::uuid
