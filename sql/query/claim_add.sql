INSERT INTO linli.claim (kind, value, holder) VALUES ($1::text, $2::text, $3::text)
