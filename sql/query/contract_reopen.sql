-- A payment came back: what was closed is open again until it is paid once more.
WITH c AS (
    UPDATE linli.contract SET state = 'signed', version = version + 1
    WHERE office_id = $1::integer AND id = $2::uuid AND state = 'closed' RETURNING award_id)
UPDATE linli.award w SET state = 'contracted', version = w.version + 1 FROM c WHERE w.office_id = $1::integer AND w.id = c.award_id
