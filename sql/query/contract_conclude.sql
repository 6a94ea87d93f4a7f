WITH c AS (
    UPDATE linli.contract SET state = 'signed', signed = $3::timestamptz
    WHERE office_id = $1::integer AND id = $2::uuid AND state = 'draft' RETURNING award_id)
UPDATE linli.award w SET state = 'contracted', version = w.version + 1 FROM c
WHERE w.office_id = $1::integer AND w.id = c.award_id
