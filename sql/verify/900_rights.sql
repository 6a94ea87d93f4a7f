-- Verify linli:900_rights on pg
BEGIN;
SELECT 1 / (has_table_privilege('linli_act', 'linli.tender', 'UPDATE'))::integer;
SELECT 1 / (NOT has_table_privilege('linli_act', 'linli.event_queue', 'UPDATE'))::integer;
SELECT 1 / (NOT has_table_privilege('linli_act', 'linli.event_queue', 'DELETE'))::integer;
SELECT 1 / (NOT has_any_column_privilege('linli_read', 'linli.bid', 'SELECT'))::integer;
SELECT 1 / (NOT has_any_column_privilege('linli_read', 'linli.person', 'SELECT'))::integer;
SELECT 1 / (NOT has_any_column_privilege('linli_intake', 'linli.bid', 'SELECT'))::integer;
ROLLBACK;
