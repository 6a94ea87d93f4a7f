SELECT request_hash, status, answer, subject, etag FROM linli.idempotency WHERE actor = $1::text AND key = $2::text
