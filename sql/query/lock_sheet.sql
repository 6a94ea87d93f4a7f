-- Locks the tender first, then the subject, and counts the versions up.
WITH t AS MATERIALIZED (
    SELECT t.id FROM linli.tender t
    WHERE t.office_id = $1::integer AND t.id = (SELECT l.tender_id FROM linli.sheet x JOIN linli.lot l ON l.office_id = x.office_id AND l.id = x.lot_id WHERE x.office_id = $1::integer AND x.id = $2::uuid)
    FOR UPDATE OF t)
UPDATE linli.sheet s SET version = s.version + 1 FROM t WHERE s.office_id = $1::integer AND s.id = $2::uuid
RETURNING s.version - 1 AS version, t.id AS tender_id
