-- From now on nobody but the bank knows what became of it.
UPDATE linli.batch SET state = 'unknown', exported = $3::timestamptz WHERE office_id = $1::integer AND id = $2::uuid AND state = 'approved'
