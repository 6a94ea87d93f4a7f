-- The first of two has checked it: its payments.
WITH b AS (
    UPDATE linli.batch SET state = 'checked', checker = $3::uuid, approved = $4::timestamptz WHERE office_id = $1::integer AND id = $2::uuid
    RETURNING office_id, id)
SELECT p.id FROM b JOIN linli.payment p ON p.office_id = b.office_id AND p.batch_id = b.id WHERE p.state = 'ordered'
