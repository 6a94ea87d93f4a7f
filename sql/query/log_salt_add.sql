INSERT INTO linli.log_salt (tender_id, salt) VALUES ($1::uuid, $2::bytea)
