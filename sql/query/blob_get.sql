SELECT b.bytes, b.type FROM linli.blob b WHERE b.sha256 = decode($1::text, 'hex')
