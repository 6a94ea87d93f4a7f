UPDATE linli.erasure SET state = 'refused', decided = $3::timestamptz, decided_by = $2::uuid, note = $4::text
WHERE id = $1::uuid AND state = 'asked' AND asked_by <> $2::uuid
