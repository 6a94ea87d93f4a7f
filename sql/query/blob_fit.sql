-- A file that somebody may use: its own upload, or one that something refers to already.
SELECT b.bytes, b.type FROM linli.blob b WHERE b.sha256 = decode($1::text, 'hex') AND (b.used OR b.uploader = $2::uuid)
