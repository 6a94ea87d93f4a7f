-- Locks the tender first, then the subject, and counts the versions up.
WITH t AS MATERIALIZED (
    SELECT t.id FROM linli.tender t
    WHERE t.office_id = $1::integer AND t.id = (SELECT c.tender_id FROM linli.payment x JOIN linli.tranche r ON r.office_id = x.office_id AND r.id = x.tranche_id JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id WHERE x.office_id = $1::integer AND x.id = $2::uuid)
    FOR UPDATE OF t)
UPDATE linli.payment s SET version = s.version + 1 FROM t WHERE s.office_id = $1::integer AND s.id = $2::uuid
RETURNING s.version - 1 AS version, t.id AS tender_id
