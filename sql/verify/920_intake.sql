-- Verify linli:920_intake on pg
BEGIN;
SELECT 1 / has_function_privilege('linli_intake', p.oid, 'EXECUTE')::integer
FROM pg_proc p WHERE p.pronamespace = 'linli'::regnamespace AND p.proname = 'bid_intake';
ROLLBACK;
