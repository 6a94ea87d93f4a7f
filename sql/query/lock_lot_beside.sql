-- Locks the tender first, then the lot, for what is put beside it: its version counts what the office decides of it.
WITH t AS MATERIALIZED (
    SELECT t.id FROM linli.tender t
    WHERE t.office_id = $1::integer AND t.id = (SELECT l.tender_id FROM linli.lot l WHERE l.office_id = $1::integer AND l.id = $2::uuid)
    FOR UPDATE OF t)
SELECT s.version, t.id AS tender_id FROM linli.lot s JOIN t ON true WHERE s.office_id = $1::integer AND s.id = $2::uuid
FOR UPDATE OF s
