-- A bid has no version of its own: locks its tender, then it.
WITH t AS MATERIALIZED (
    SELECT t.id FROM linli.tender t
    WHERE t.office_id = $1::integer AND t.id = (SELECT b.tender_id FROM linli.bid b WHERE b.office_id = $1::integer AND b.id = $2::uuid)
    FOR UPDATE OF t)
SELECT 0 AS version, t.id AS tender_id FROM linli.bid b JOIN t ON t.id = b.tender_id
WHERE b.office_id = $1::integer AND b.id = $2::uuid
