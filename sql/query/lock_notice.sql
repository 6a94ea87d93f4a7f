-- Locks the tender of a notice; what was published has no versions, it is overtaken by another.
WITH t AS MATERIALIZED (
    SELECT t.id FROM linli.tender t
    WHERE t.office_id = $1::integer AND t.id = (SELECT n.tender_id FROM linli.notice n WHERE n.office_id = $1::integer AND n.id = $2::uuid)
    FOR UPDATE OF t)
SELECT 0 AS version, (SELECT t.id FROM t) AS tender_id
FROM linli.notice n WHERE n.office_id = $1::integer AND n.id = $2::uuid
