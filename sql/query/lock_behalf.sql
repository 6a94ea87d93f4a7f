-- Locks the tender it is about first, where it is about one, then what was entered, and counts its version up.
WITH b AS MATERIALIZED (SELECT x.id, x.tender_id FROM linli.behalf x WHERE x.office_id = $1::integer AND x.id = $2::uuid),
     t AS MATERIALIZED (SELECT t.id FROM linli.tender t JOIN b ON t.id = b.tender_id WHERE t.office_id = $1::integer FOR UPDATE OF t)
UPDATE linli.behalf s SET version = s.version + 1 FROM b LEFT JOIN t ON true WHERE s.office_id = $1::integer AND s.id = b.id
RETURNING s.version - 1 AS version, t.id AS tender_id
