-- No row: there is no such duty, or it is done.
UPDATE linli.duty SET done = $3::date, done_at = $4::timestamptz, done_by = $5::uuid, reference = $6::text, note = $7::text
WHERE office_id = $1::integer AND id = $2::uuid AND done IS NULL AND began::date - 1 <= $3::date
RETURNING code, lot_id
