INSERT INTO linli.idempotency (actor, key, office_id, request_hash, status, answer, subject, etag, keep, at)
VALUES ($1::text, $2::text, $3::integer, $4::bytea, $5::integer, $6::text, $7::text, $8::text, $9::boolean, $10::timestamptz)
