-- Locks the tender for what is put beside it: its version counts what the office decides of it.
SELECT t.version, t.id AS tender_id FROM linli.tender t WHERE t.office_id = $1::integer AND t.id = $2::uuid
FOR UPDATE OF t
