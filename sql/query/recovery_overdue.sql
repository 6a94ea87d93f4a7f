-- The day passed and money is still missing.
UPDATE linli.recovery SET overdue = $3::timestamptz, version = version + 1
WHERE office_id = $1::integer AND id = $2::uuid AND state = 'demanded'
RETURNING amount_fen - recovered_fen AS missing_fen
