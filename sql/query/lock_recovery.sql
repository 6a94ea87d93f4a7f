-- Locks the tender first, then the subject, and counts the versions up.
WITH t AS MATERIALIZED (
    SELECT t.id FROM linli.tender t
    WHERE t.office_id = $1::integer AND t.id = (SELECT c.tender_id FROM linli.recovery x JOIN linli.contract c ON c.office_id = x.office_id AND c.id = x.contract_id WHERE x.office_id = $1::integer AND x.id = $2::uuid)
    FOR UPDATE OF t)
UPDATE linli.recovery s SET version = s.version + 1 FROM t WHERE s.office_id = $1::integer AND s.id = $2::uuid
RETURNING s.version - 1 AS version, t.id AS tender_id
