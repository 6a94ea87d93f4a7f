-- As if it had not been signed; with its award.
WITH c AS (UPDATE linli.contract SET state = 'stopped' WHERE office_id = $1::integer AND id = $2::uuid RETURNING award_id)
UPDATE linli.award w SET state = 'withdrawn', reason = $3::text, version = w.version + 1 FROM c WHERE w.office_id = $1::integer AND w.id = c.award_id
