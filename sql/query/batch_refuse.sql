-- Its payments wait again, each for itself.
WITH loose AS (
    UPDATE linli.payment SET batch_id = NULL, batch_no = NULL, version = version + 1 WHERE office_id = $1::integer AND batch_id = $2::uuid)
UPDATE linli.batch SET state = 'refused', reason = $3::text WHERE office_id = $1::integer AND id = $2::uuid
