-- Locks the tender first, then the subject, and counts the versions up.
WITH t AS MATERIALIZED (
    SELECT t.id FROM linli.tender t
    WHERE t.office_id = $1::integer AND t.id = (SELECT l.tender_id FROM linli.paper x JOIN linli.lot l ON l.office_id = x.office_id AND l.id = x.lot_id WHERE x.office_id = $1::integer AND x.id = $2::uuid)
    FOR UPDATE OF t)
UPDATE linli.paper p SET version = p.version + 1 FROM t WHERE p.office_id = $1::integer AND p.id = $2::uuid
RETURNING p.version - 1 AS version, t.id AS tender_id
