UPDATE linli.recovery_code SET used = $2::timestamptz WHERE person_id = $1::uuid AND used IS NULL
