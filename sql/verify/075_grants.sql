-- Verify linli:075_grants on pg
BEGIN;
SELECT 1 FROM linli.paper WHERE false;
SELECT 1 FROM linli.recusal WHERE false;
SELECT 1 FROM linli.exclusion WHERE false;
ROLLBACK;
